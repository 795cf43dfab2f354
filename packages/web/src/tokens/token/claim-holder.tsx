import type { Claim } from '@winesap/api';
import { Ago } from '../../parts/time.tsx';

/** One sentence: who holds the location at Apple, and since when we know. */
export function ClaimHolder({ claim }: { claim: Claim }) {
  const seen = claim.seenAt !== null && (
    <span className="quiet">
      {' '}
      Seen <Ago at={claim.seenAt} />.
    </span>
  );
  switch (claim.state) {
    case 'free':
      return <p>Nobody manages this location at Apple.{seen}</p>;
    case 'ours':
      return <p>Winesap manages this location at Apple.{seen}</p>;
    case 'foreign':
      return (
        <p>
          <b>{claim.words}</b> manages this location at Apple
          {claim.metadata !== null && claim.metadata !== '' && <> ({claim.metadata})</>}.{seen}
          {claim.id !== null && (
            <>
              <br />
              <span className="quiet small">
                its id at Apple: <span className="mono">{claim.id}</span>
              </span>
            </>
          )}
        </p>
      );
    case 'unknown':
      return <p>Apple has not said who manages this location.{seen}</p>;
  }
}
