import ICAL from 'ical.js';

export interface CalendarEvent {
  uid: string;
  summary: string;
  description: string;
  status: string;
  sequence: number;
  /** `2027-06-21` for all-day events, else with a time. */
  start: string;
  end: string;
  /** Reminders as seconds before (negative) or after the start. */
  reminders: number[];
  reminderTexts: string[];
  stamp: string;
}

/** Reads an iCalendar with another library than the writer's. Errors: the parser's, if it is invalid. */
export function readCalendar(text: string) {
  const root = new ICAL.Component(ICAL.parse(text));
  const value = (component: ICAL.Component, name: string) => String(component.getFirstPropertyValue(name) ?? '');
  return {
    method: value(root, 'method'),
    name: value(root, 'x-wr-calname'),
    refreshEvery: value(root, 'refresh-interval'),
    events: root.getAllSubcomponents('vevent').map((component): CalendarEvent => {
      const event = new ICAL.Event(component);
      const alarms = component.getAllSubcomponents('valarm');
      return {
        uid: event.uid,
        summary: event.summary,
        description: event.description,
        status: value(component, 'status'),
        sequence: Number(value(component, 'sequence')),
        start: event.startDate.toString(),
        end: event.endDate.toString(),
        reminders: alarms.map((alarm) => (alarm.getFirstPropertyValue('trigger') as ICAL.Duration).toSeconds()),
        reminderTexts: alarms.map((alarm) => value(alarm, 'description')),
        stamp: value(component, 'dtstamp'),
      };
    }),
  };
}
