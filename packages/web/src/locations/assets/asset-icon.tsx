import type { Asset } from '@winesap/api';
import { useState } from 'react';
import classes from './asset-icon.module.css';

/** The store's picture, or the first letter in its place: the row keeps its height either way. */
export function AssetIcon({ asset }: { asset: Pick<Asset, 'iconUrl' | 'name' | 'productType'> }) {
  const [missing, setMissing] = useState(asset.iconUrl === null);
  return (
    <span className={classes.icon} data-book={asset.productType === 'Book' || undefined} aria-hidden>
      {missing || asset.iconUrl === null ? (
        (asset.name ?? '#').slice(0, 1)
      ) : (
        <img src={asset.iconUrl} alt="" width={36} height={36} loading="lazy" onError={() => setMissing(true)} />
      )}
    </span>
  );
}
