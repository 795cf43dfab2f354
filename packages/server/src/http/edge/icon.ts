import { AppError } from '@winesap/core';
import type { FastifyReply } from 'fastify';
import type { Context } from './context.ts';
import { fetchIcon } from './fetch-icon.ts';
import { SENT } from './handler.ts';

/**
 * An asset's icon, fetched from the store once and cached. The browser never contacts other hosts, and the store is
 * asked only at the address from its own lookup.
 */
export async function sendIcon(context: Context, adamId: string, reply: FastifyReply): Promise<typeof SENT> {
  const row = await context.db
    .selectFrom('asset_metadata')
    .select(['country', 'icon', 'icon_type', 'icon_url'])
    .where('adam_id', '=', adamId)
    .where('icon_url', 'is not', null)
    .limit(1)
    .executeTakeFirst();
  if (row === undefined || row.icon_url === null) throw new AppError('icon.not-found', { adamId });

  let icon = row.icon === null || row.icon_type === null ? null : { bytes: row.icon, type: row.icon_type };
  if (icon === null) {
    icon = await fetchIcon(row.icon_url, context.appleUrl);
    if (icon === null) throw new AppError('icon.not-found', { adamId });
    await context.db
      .updateTable('asset_metadata')
      .set({ icon: icon.bytes, icon_type: icon.type })
      .where('adam_id', '=', adamId)
      .where('country', '=', row.country)
      .execute();
  }
  // An external picture is only data: an SVG must neither run nor load anything.
  reply
    .type(icon.type)
    .header('cache-control', 'private, max-age=86400')
    .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
  void reply.send(Buffer.from(icon.bytes));
  return SENT;
}
