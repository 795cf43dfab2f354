import type { Mode, TokenState } from '@winesap/api';
import type { NewLocation, Purchase } from './apple-control.ts';

/** One customer of the demo: its location at Apple, its policies, and the state its token ends up in. */
export interface Character {
  organization: string;
  location: NewLocation;
  /** Policies below the organization's first one, each by its path of names. */
  policies: readonly (readonly string[])[];
  /** The policy that holds the token. */
  holder: readonly string[];
  /** Children of the policy use its token. */
  inheritance: boolean;
  mode: Mode;
  becomes: Extract<TokenState, 'healthy' | 'expiring' | 'expired' | 'revoked' | 'claimed-elsewhere'>;
  purchases: readonly Purchase[];
  fleet: { assets: number; devices: number; assignmentsPerDevice: number; users?: number };
  /** Bought after Winesap's last scan, so that a renewal's preview shows changes. */
  later: readonly Purchase[];
}

const apps = (numbers: readonly number[], quantity: number): Purchase[] =>
  numbers.map((number) => ({ adamId: String(900_000_000 + number), quantity }));
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, at) => from + at);

/** Nearly used up at Chicago HQ, so that the warning is meaningful. */
const SCARCE = [17, 21, 26];

/** Five tokens in five states, in the order in which they are added; the one that expires comes last. */
export const CAST = [
  {
    organization: 'Northwind',
    location: { orgName: 'Northwind', locationName: 'Chicago HQ', countryISO2ACode: 'US' },
    policies: [['Retail'], ['Retail', 'Stores East'], ['Retail', 'Stores West'], ['Office']],
    holder: ['Retail'],
    inheritance: true,
    mode: 'manage',
    becomes: 'revoked',
    purchases: [
      { adamId: '361309726', unlimited: true },
      { adamId: '900000901', quantity: 25, productType: 'Book' },
      ...apps(SCARCE, 60),
      ...apps(
        range(14, 34).filter((number) => !SCARCE.includes(number)),
        130,
      ),
    ],
    fleet: { assets: 18, devices: 320, assignmentsPerDevice: 5 },
    later: [...apps([38, 39, 43], 40), ...apps([14, 15], 20)],
  },
  {
    organization: 'Fabrikam',
    location: { orgName: 'Fabrikam', locationName: 'Berlin', countryISO2ACode: 'DE' },
    policies: [['Werkstatt'], ['Büro']],
    holder: ['Büro'],
    inheritance: false,
    mode: 'manage',
    becomes: 'claimed-elsewhere',
    purchases: apps(range(25, 33), 30),
    fleet: { assets: 6, devices: 45, assignmentsPerDevice: 3 },
    later: [],
  },
  {
    organization: 'Contoso',
    location: { orgName: 'Contoso', locationName: 'Main', countryISO2ACode: 'GB' },
    policies: [['Everyone']],
    holder: ['Everyone'],
    inheritance: false,
    mode: 'watch',
    becomes: 'expiring',
    purchases: [{ adamId: '361304891', unlimited: true }, ...apps(range(15, 24), 80)],
    fleet: { assets: 8, devices: 120, assignmentsPerDevice: 4 },
    later: apps([25], 100),
  },
  {
    organization: 'Wingtip Clinics',
    location: { orgName: 'Wingtip Clinics', locationName: 'Harbor Clinic', countryISO2ACode: 'CA' },
    policies: [['Wards'], ['Front Desk']],
    holder: ['Wards'],
    inheritance: false,
    mode: 'manage',
    becomes: 'healthy',
    purchases: [{ adamId: '408709785', unlimited: true }, ...apps([17, 18, 25, 35, 36, 37, 50], 40)],
    fleet: { assets: 7, devices: 90, assignmentsPerDevice: 4 },
    later: [],
  },
  {
    organization: 'Lakeside Schools',
    location: { orgName: 'Lakeside Schools', locationName: 'PS01', countryISO2ACode: 'US', kind: 'school' },
    policies: [['Classrooms'], ['Classrooms', 'Grade 3'], ['Teachers']],
    holder: ['Classrooms'],
    inheritance: true,
    mode: 'manage',
    becomes: 'expired',
    purchases: [
      { adamId: '361285480', unlimited: true },
      ...[901, 903, 905, 908].map(
        (number): Purchase => ({ adamId: String(900_000_000 + number), quantity: 30, productType: 'Book' }),
      ),
      ...apps(range(2, 10), 150),
    ],
    fleet: { assets: 9, devices: 210, assignmentsPerDevice: 4, users: 40 },
    later: apps([11, 45], 30),
  },
] as const satisfies readonly Character[];

/** Another location of Northwind that Winesap does not hold: its file matches none of the tokens. */
export const ELSEWHERE: NewLocation = { orgName: 'Northwind', locationName: 'Denver Store', countryISO2ACode: 'US' };

/** The other server that takes Berlin over. */
export const OTHER_SERVER = { id: 'a7c2c0f4-other-mdm', name: 'Other MDM', metadata: 'taken over for a trial' };

/** The Apple account that downloaded a location's token. Its password is reset to revoke the token. */
export const contentManagerOf = (managedDomain: string): string => `content@${managedDomain}`;
