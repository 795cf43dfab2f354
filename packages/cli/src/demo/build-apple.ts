import type { AppleControl, AppleLocation } from './apple-control.ts';
import { CAST, type Character, ELSEWHERE } from './cast.ts';

export interface AppleWorld {
  /** In the order of the cast. */
  stages: readonly Stage[];
  elsewhere: AppleLocation;
}

export interface Stage {
  character: Character;
  location: AppleLocation;
}

/** Creates Apple's side of the demo: locations with licenses and devices, without tokens. */
export async function buildApple(apple: AppleControl, cast: readonly Character[] = CAST): Promise<AppleWorld> {
  const stages: Stage[] = [];
  for (const character of cast) {
    const location = await apple.addLocation(character.location);
    for (const purchase of character.purchases) await apple.buy(location.uId, purchase);
    await apple.fill(location.uId, character.fleet);
    stages.push({ character, location });
  }
  return { stages, elsewhere: await apple.addLocation(ELSEWHERE) };
}
