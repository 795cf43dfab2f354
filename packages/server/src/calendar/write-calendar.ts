import { kindOfOrganization, portalOf } from '@winesap/core';
import ical, { ICalAlarmType, ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import type { Expiry } from '../store/tokens/reads/calendar.ts';

export interface CalendarWords {
  name: string;
  /** Makes the events' IDs globally unique and permanent. */
  installationId: string;
  version: string;
}

/** Days before expiry on which calendars remind. */
const REMIND_DAYS = [60, 30, 14, 7, 3, 1] as const;
/** All-day events begin at midnight, and a reminder then would wake people. Nine in the morning, local time. */
const REMIND_AT_HOUR = 9;
const HOUR_S = 3600;
const DAY_MS = 86_400_000;

/**
 * Writes expiry dates as an iCalendar (RFC 5545), one all-day event each, on the day of the expiry in UTC. An event
 * keeps its ID through renewals and moves; a removed token's event is canceled. The output changes only if the data
 * does.
 */
export function writeCalendar(expiries: readonly Expiry[], { name, installationId, version }: CalendarWords): string {
  const calendar = ical({
    name,
    description: 'When Apps and Books content tokens expire.',
    method: ICalCalendarMethod.PUBLISH,
    prodId: { company: 'Winesap', product: `Winesap ${version}`, language: 'EN' },
    // How often calendars should refresh.
    ttl: 6 * HOUR_S,
  });
  for (const expiry of expiries) {
    const start = startOfDay(expiry.expiresAt);
    const event = calendar.createEvent({
      id: `${expiry.tokenId}@${installationId}.winesap`,
      sequence: expiry.revision,
      stamp: expiry.revisedAt,
      lastModified: expiry.revisedAt,
      allDay: true,
      start,
      end: new Date(start.getTime() + DAY_MS),
      summary: `Content token expires: ${line(expiry.locationName)} (${line(expiry.organizationName)})`,
      description: described(expiry),
      status: expiry.removed ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      transparency: ICalEventTransparency.TRANSPARENT,
    });
    if (expiry.removed) continue;
    for (const days of REMIND_DAYS)
      event.createAlarm({
        type: ICalAlarmType.display,
        // Seconds before the start.
        trigger: (days * 24 - REMIND_AT_HOUR) * HOUR_S,
        description: `The content token of ${line(expiry.locationName)} expires ${days === 1 ? 'tomorrow' : `in ${days} days`}.`,
      });
  }
  return calendar.toString();
}

function described(expiry: Expiry): string {
  const moment = `${expiry.expiresAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  if (expiry.removed) return 'The token was removed from Winesap.';
  return [
    `The content token of ${line(expiry.locationName)} (${line(expiry.organizationName)}) expires on ${moment}.`,
    'After that, apps can no longer be licensed or updated from this location. Apps already installed keep working.',
    `Renew it before: an account with at least the role Content Manager signs in at ${portalOf(kindOfOrganization(expiry))}, opens Preferences, then Payments and Billing, and downloads the content token; then Renew in Winesap.`,
  ].join('\n\n');
}

function startOfDay(instant: Date): Date {
  return new Date(Math.floor(instant.getTime() / DAY_MS) * DAY_MS);
}

/** Names come from Apple and from people; control characters are invalid in a calendar. */
function line(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}
