import { useNavigate, useSearch } from '@tanstack/react-router';
import { FoundAssets } from './found-assets.tsx';
import { HolderSearch } from './holder-search.tsx';
import type { LicenseSearch } from './license-filter.ts';
import classes from './licenses.module.css';

/** Licenses of all locations: what runs out, where an app is, and what a device or a user holds. */
export function LicensesScreen() {
  const search = useSearch({ from: '/inside/licenses' });
  const navigate = useNavigate({ from: '/licenses' });
  const onChange = (next: Partial<LicenseSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false });
  return (
    <>
      <title>Licenses · Winesap</title>
      <div className={classes.lead}>
        <h1>Licenses</h1>
        <p className="quiet">Of all locations, as they were last read.</p>
      </div>
      <div className="stack">
        <HolderSearch holder={search.holder ?? ''} onFind={(holder) => onChange({ holder: holder || undefined })} />
        <FoundAssets search={search} onChange={onChange} />
      </div>
    </>
  );
}
