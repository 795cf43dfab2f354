import { Checkbox } from '@mantine/core';
import type { Channel } from '@winesap/api';
import classes from './rules.module.css';

interface Props {
  legend: string;
  channels: readonly Channel[];
  chosen: readonly string[];
  onChange: (channelIds: string[]) => void;
}

/** Which channels, each a box to tick. */
export function ChannelChoice({ legend, channels, chosen, onChange }: Props) {
  return (
    <fieldset className={classes.group}>
      <legend>{legend}</legend>
      {channels.length === 0 ? (
        <p className="quiet">There are no channels yet. Add one under Channels, then choose it here.</p>
      ) : (
        <div className={classes.choices}>
          {channels.map((channel) => (
            <Checkbox
              key={channel.id}
              label={channel.name}
              checked={chosen.includes(channel.id)}
              onChange={(event) =>
                onChange(
                  event.currentTarget.checked ? [...chosen, channel.id] : chosen.filter((id) => id !== channel.id),
                )
              }
            />
          ))}
        </div>
      )}
    </fieldset>
  );
}
