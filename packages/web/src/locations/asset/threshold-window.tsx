import { NumberInput, Radio } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Asset, routes, type Threshold } from '@winesap/api';
import { useState } from 'react';
import { api, problemOf } from '../../data/api.ts';
import { invalidate, readsOfLocation } from '../../data/reads.ts';
import { showToast } from '../../parts/notes/toasts.tsx';
import { FormWindow } from '../../windows/form-window.tsx';
import { assetName } from '../assets/asset-words.ts';

type Choice = 'above' | Threshold['unit'];
const MOST: Record<'licenses' | 'percent', number> = { licenses: 1_000_000, percent: 100 };

/** When this asset counts as low. Without a word of its own, what stands above it holds. */
export function ThresholdWindow({ uId, asset, onClose }: { uId: string; asset: Asset; onClose: () => void }) {
  const client = useQueryClient();
  const { low, adamId, pricingParam } = asset;
  const [choice, setChoice] = useState<Choice>(low.from === 'asset' ? low.threshold.unit : 'above');
  const [amount, setAmount] = useState<number | ''>(low.threshold.unit === 'never' ? 5 : low.threshold.amount);
  const counted = choice === 'licenses' || choice === 'percent';
  const usable = !counted || (typeof amount === 'number' && amount >= 0 && amount <= MOST[choice]);

  const save = useMutation({
    mutationFn: () =>
      api.call(routes.setThreshold, {
        body: { scope: { kind: 'asset', uId, adamId, pricingParam }, threshold: thresholdOf(choice, Number(amount)) },
      }),
    onSuccess: async () => {
      showToast(`When ${assetName(asset)} is low was changed.`);
      onClose();
      await invalidate(client, readsOfLocation(uId));
    },
  });

  return (
    <FormWindow
      title={`When is ${assetName(asset)} low?`}
      why={usable ? null : `Give a whole number up to ${choice === 'percent' ? '100' : '1,000,000'}.`}
      busy={save.isPending}
      problem={save.isError ? problemOf(save.error) : null}
      onSave={() => save.mutate()}
      onClose={onClose}
    >
      <Radio.Group aria-label="Low" value={choice} onChange={(value) => setChoice(value as Choice)}>
        <div className="stack">
          <Radio value="above" label="As the policy, the organization or the installation says" />
          <Radio value="licenses" label="When so many licenses or fewer are available" />
          <Radio value="percent" label="When so many percent of the total or less are available" />
          <Radio value="never" label="Never" />
        </div>
      </Radio.Group>
      {counted && (
        <NumberInput
          label={choice === 'percent' ? 'Percent' : 'Licenses'}
          value={amount}
          min={0}
          max={MOST[choice]}
          allowDecimal={false}
          hideControls
          onChange={(value) => setAmount(typeof value === 'number' ? value : '')}
        />
      )}
    </FormWindow>
  );
}

function thresholdOf(choice: Choice, amount: number): Threshold | null {
  switch (choice) {
    case 'above':
      return null;
    case 'never':
      return { unit: 'never' };
    case 'licenses':
    case 'percent':
      return { unit: choice, amount };
  }
}
