// Receives Apple's notifications in anything that serves `fetch`: Bun, Deno, a worker.
import { createInbox, createReceiver } from '@winesap/apple-client';

export const inbox = createInbox(); // pass it to followEvent(eventId, { inbox })

const receive = createReceiver({
  secrets: ['the notificationAuthToken given to Apple', 'the one before'],
  onNotification(notification) {
    if (!inbox.deliver(notification)) return; // a repeat
    if (notification.kind === 'ASSET_COUNT') console.log(notification.adamId, notification.countDelta);
  },
});

export default { fetch: receive };
