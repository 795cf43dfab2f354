import { Checkbox, NativeSelect, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { channelKind, routes } from '@winesap/api';
import { WEEKDAYS } from '@winesap/api/words';
import { useContext, useMemo } from 'react';
import { query } from '../../data/query.ts';
import { OrganizationSelect } from '../../parts/organization-select.tsx';
import { WindowContext } from '../../windows/window-context.ts';
import type { ChannelForm } from './channel-form.ts';
import classes from './channels.module.css';

interface Props {
  form: ChannelForm;
  onChange: (next: Partial<ChannelForm>) => void;
}

const DIGEST = [
  { value: 'immediately', label: 'At once' },
  { value: 'daily', label: 'Once a day' },
  { value: 'weekly', label: 'Once a week' },
];
const DAYS = WEEKDAYS.map((day, index) => ({ value: String(index + 1), label: day }));

/** When the channel speaks: at once or gathered, quiet hours, and the weekly report where the kind takes one. */
export function TimingFields({ form, onChange }: Props) {
  const host = useContext(WindowContext);
  const organizations = useQuery(query(routes.listOrganizations)).data?.organizations ?? [];
  const zones = useMemo(
    () => [...new Set([form.timeZone, 'UTC', ...Intl.supportedValuesOf('timeZone')])],
    [form.timeZone],
  );
  const { takesReport } = channelKind(form.kind);
  const timed = form.quiet || form.digest !== 'immediately' || (takesReport && form.report);
  return (
    <>
      <div className={classes.times}>
        <NativeSelect
          label="Send"
          value={form.digest}
          data={DIGEST}
          onChange={(event) => onChange({ digest: event.currentTarget.value as ChannelForm['digest'] })}
        />
        {form.digest === 'weekly' && (
          <NativeSelect
            label="On"
            value={form.digestWeekday}
            data={DAYS}
            onChange={(event) => onChange({ digestWeekday: event.currentTarget.value })}
          />
        )}
        {form.digest !== 'immediately' && (
          <TextInput
            label="At"
            type="time"
            value={form.digestAt}
            onChange={(event) => onChange({ digestAt: event.currentTarget.value })}
          />
        )}
      </div>
      <Checkbox
        label="Quiet hours"
        description="What comes meanwhile waits for their end, unless its rule is urgent."
        checked={form.quiet}
        onChange={(event) => onChange({ quiet: event.currentTarget.checked })}
      />
      {form.quiet && (
        <div className={classes.times}>
          <TextInput
            label="Quiet from"
            type="time"
            value={form.quietFrom}
            onChange={(event) => onChange({ quietFrom: event.currentTarget.value })}
          />
          <TextInput
            label="Quiet to"
            type="time"
            value={form.quietTo}
            onChange={(event) => onChange({ quietTo: event.currentTarget.value })}
          />
        </div>
      )}
      {takesReport && (
        <Checkbox
          label="Weekly report"
          description="What expires, what is low, what changed: as under Report, by mail."
          checked={form.report}
          onChange={(event) => onChange({ report: event.currentTarget.checked })}
        />
      )}
      {takesReport && form.report && (
        <div className={classes.times}>
          <NativeSelect
            label="Report on"
            value={form.reportWeekday}
            data={DAYS}
            onChange={(event) => onChange({ reportWeekday: event.currentTarget.value })}
          />
          <TextInput
            label="Report at"
            type="time"
            value={form.reportAt}
            onChange={(event) => onChange({ reportAt: event.currentTarget.value })}
          />
          <OrganizationSelect
            label="Report of"
            organizations={organizations}
            none="All organizations"
            value={form.reportOrganizationId}
            onChange={(reportOrganizationId) => onChange({ reportOrganizationId })}
          />
        </div>
      )}
      {timed && (
        <Select
          label="Time zone"
          description="07:30 is 07:30 there all year, summer time or not."
          data={zones}
          value={form.timeZone}
          onChange={(timeZone) => timeZone !== null && onChange({ timeZone })}
          searchable
          allowDeselect={false}
          limit={100}
          nothingFoundMessage="No time zone is called so."
          comboboxProps={{ ...(host === null ? {} : { portalProps: { target: host } }) }}
        />
      )}
    </>
  );
}
