import { Link, useLocation } from '@tanstack/react-router';
import type { PolicyDetail } from '@winesap/api';
import head from '../parts/page-head.module.css';

/** The sections of a policy, in the order of its tabs. `wide` is left out of sight on a narrow page. */
const SECTIONS = [
  { to: '/policies/$policyId/assets', wide: 'Apps and Books ', word: 'Assets' },
  { to: '/policies/$policyId/settings/apple-apps', wide: 'Settings → ', word: 'Apple Apps' },
  { to: '/policies/$policyId/location', wide: '', word: 'Location' },
  { to: '/policies/$policyId/users', wide: '', word: 'Users' },
] as const;

/** One frame for a policy and its token: what it owns, its token, its location, and its users. */
export function PolicyTabs({ policy }: { policy: PolicyDetail }) {
  return (
    <nav aria-label="Sections of this policy" className={head.tabs}>
      {SECTIONS.map(({ to, wide, word }) => (
        <Link
          key={to}
          to={to}
          params={{ policyId: policy.id }}
          activeOptions={{ includeSearch: false }}
          className={head.tab}
        >
          {wide !== '' && <span className={head.wide}>{wide}</span>}
          {word}
        </Link>
      ))}
    </nav>
  );
}

/** The section that is open, to be kept when another policy is chosen. */
export function useOpenSection(): (typeof SECTIONS)[number]['to'] {
  const pathname = useLocation({ select: (location) => location.pathname });
  const open = SECTIONS.find(({ to }) => pathname.endsWith(to.slice('/policies/$policyId'.length)));
  return open?.to ?? '/policies/$policyId/settings/apple-apps';
}
