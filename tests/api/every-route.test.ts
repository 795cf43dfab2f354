import { type AnyRoute, type Api, type RouteId, routes } from '@winesap/api';
import { addLocation, bytesOf, createStrictApi, OWNER, refused, scanned, until } from '@winesap/testkit';
import { forEachStack } from '@winesap/testkit/for-each-stack';
import { expect, test } from 'vitest';

const ALL = Object.entries(routes) as [RouteId, AnyRoute][];

/** The strict client, which records the routes that answered. */
function countingApi(options: Parameters<typeof createStrictApi>[0], answered: Set<RouteId>): Api {
  const api = createStrictApi(options);
  const note = (route: AnyRoute) => {
    for (const [id, one] of ALL) if (one === route) answered.add(id);
  };
  return {
    call: async (route, input) => {
      const answer = await api.call(route, input);
      note(route);
      return answer;
    },
    open: async (route, input) => {
      const response = await api.open(route, input);
      note(route);
      return response;
    },
  };
}

forEachStack(
  (stack) => {
    test('every route answers once, exactly in the promised shape', async () => {
      const { url, apple } = stack();
      const answered = new Set<RouteId>();
      const stranger = countingApi({ baseUrl: url, headers: { origin: url } }, answered);
      expect(await stranger.call(routes.getSetup, {})).toMatchObject({ needed: true });
      await stranger.call(routes.getStatus, {});
      await stranger.call(routes.getOpenApi, {});
      await stranger.call(routes.setUp, {
        body: { ...OWNER, setupCode: stack().setupCode, organizationName: 'Northwind' },
      });
      const signedIn = await stranger.open(routes.signIn, { body: { email: OWNER.email, password: OWNER.password } });
      const cookie = signedIn.headers
        .getSetCookie()
        .map((text) => text.split(';')[0])
        .join('; ');
      const api = countingApi({ baseUrl: url, headers: { origin: url, cookie } }, answered);

      // People and keys.
      expect(await api.call(routes.getMe, {})).toMatchObject({ role: 'owner', email: OWNER.email });
      await api.call(routes.changePassword, {
        body: { currentPassword: OWNER.password, newPassword: OWNER.password },
      });
      const person = await api.call(routes.addPerson, {
        body: { name: 'Vic', email: 'vic@winesap.example', password: 'viewing-is-enough', role: 'viewer' },
      });
      await api.call(routes.changePerson, { params: { personId: person.id }, body: { role: 'admin' } });
      expect((await api.call(routes.listPeople, {})).people).toHaveLength(2);
      await api.call(routes.listOpenLinks, {});
      await api.call(routes.removePerson, { params: { personId: person.id } });
      const key = await api.call(routes.addKey, { body: { name: 'nightly' } });
      expect((await api.call(routes.listKeys, {})).keys).toHaveLength(1);
      expect((await api.call(routes.listAllKeys, {})).keys).toHaveLength(1);
      await api.call(routes.removeKey, { params: { keyId: key.id } });

      // The tree.
      const { organizations } = await api.call(routes.listOrganizations, {});
      const organization = await api.call(routes.addOrganization, { body: { name: 'Contoso' } });
      await api.call(routes.renameOrganization, {
        params: { organizationId: organization.id },
        body: { name: 'Contoso Ltd' },
      });
      await api.call(routes.deleteOrganization, { params: { organizationId: organization.id } });
      const organizationId = organizations[0]?.id ?? '';
      const { policies } = await api.call(routes.listPolicies, { params: { organizationId } });
      const policyId = policies[0]?.id ?? '';
      const child = await api.call(routes.addPolicy, {
        params: { organizationId },
        body: { name: 'Retail', parentId: policyId },
      });
      await api.call(routes.renamePolicy, { params: { policyId: child.id }, body: { name: 'Stores' } });
      await api.call(routes.deletePolicy, { params: { policyId: child.id } });

      // A token's life.
      const location = await addLocation(stack(), { purchases: [{ adamId: '361309726', quantity: 5 }] });
      await apple.churn(location.uId, { assign: 1 });
      const body = bytesOf(await apple.tokenFile(location.uId));
      const { file } = await api.call(routes.inspectTokenFile, { body });
      const { token } = await api.call(routes.addToken, {
        params: { policyId },
        query: { fingerprint: file.fingerprint, mode: 'manage' },
        body,
      });
      const params = { tokenId: token.tokenId };
      await scanned(api, token.tokenId);
      await api.call(routes.getPolicy, { params: { policyId } });
      await api.call(routes.setTokenInheritance, { params: { policyId }, body: { enabled: true } });
      await api.call(routes.listTokens, {});
      await (await api.open(routes.exportTokens, {})).text();
      await api.call(routes.checkToken, { params });
      const scan = await api.call(routes.scanToken, { params });
      await api.call(routes.getScan, { params: { scanId: scan.id } });
      await scanned(api, token.tokenId);
      const { assets } = await until(
        'the names of the assets',
        () => api.call(routes.listAssets, { params: { policyId } }),
        (list) => list.assets[0]?.iconUrl != null,
      );
      await (await api.open(routes.getIcon, { params: { adamId: assets[0]?.adamId ?? '' } })).arrayBuffer();
      await (await api.open(routes.exportAssets, { params: { policyId } })).text();

      // Its licenses.
      const { uId } = location;
      const asset = { uId, adamId: '361309726', pricingParam: 'STDQ' };
      expect((await api.call(routes.findAssets, { query: { q: asset.adamId } })).assets).toHaveLength(1);
      await (await api.open(routes.exportFoundAssets, {})).text();
      await api.call(routes.getLocation, { params: { uId } });
      await api.call(routes.listLocationAssets, { params: { uId } });
      await (await api.open(routes.exportLocationAssets, { params: { uId } })).text();
      await api.call(routes.getAsset, { params: asset });
      await api.call(routes.getAssetHistory, { params: asset });
      await (await api.open(routes.exportAssetHistory, { params: asset })).text();
      await (await api.open(routes.exportHolders, { params: asset })).text();
      await api.call(routes.listUsers, { params: { uId: asset.uId } });
      await (await api.open(routes.exportUsers, { params: { uId: asset.uId } })).text();
      await (await api.open(routes.exportAssignments, { params: { uId } })).text();
      const { holders } = await api.call(routes.listHolders, { params: asset });
      const [{ kind, holder } = { kind: 'device', holder: '' } as const] = holders;
      const release = await api.call(routes.requestRelease, {
        params: asset,
        body: { kind, holder, confirm: holder },
      });
      await api.call(routes.getRelease, { params: { releaseId: release.id } });
      await api.call(routes.listReleases, { params: { uId } });
      await (await api.open(routes.exportReleases, { params: { uId } })).text();
      await api.call(routes.listHoldings, { query: { holder: 'C02NOBODY' } });
      await (await api.open(routes.exportHoldings, { query: { holder: 'C02NOBODY' } })).text();
      await api.call(routes.setThreshold, {
        body: { scope: { kind: 'asset', ...asset }, threshold: { unit: 'licenses', amount: 2 } },
      });
      expect((await api.call(routes.listThresholds, {})).thresholds).toHaveLength(2);
      await api.call(routes.listScans, { params });
      await (await api.open(routes.exportScans, { params })).text();

      // Apple's notifications.
      await until(
        'Apple to notify',
        () => api.call(routes.getNotificationHealth, { params }),
        ({ state }) => state === 'set',
      );
      const { notifications } = await api.call(routes.listNotifications, { params });
      await (await api.open(routes.exportNotifications, { params })).text();
      const notificationId = notifications.at(0)?.id ?? '';
      await api.call(routes.getNotification, { params: { ...params, notificationId } });
      await api.call(routes.replayNotifications, { params, body: {} });
      await api.call(routes.rotateNotificationSecret, { params });

      const fresh = bytesOf(await apple.tokenFile(location.uId));
      const shown = await api.call(routes.previewRenewal, { params, body: fresh });
      await api.call(routes.renewToken, {
        params,
        query: { fingerprint: shown.file.fingerprint, tokenVersion: shown.tokenVersion },
        body: fresh,
      });
      await scanned(api, token.tokenId);

      // A file that arrives through an upload link.
      const { link, path } = await api.call(routes.addUploadLink, { params, body: { days: 3, autoConfirm: false } });
      const secret = path.split('/').at(-1) ?? '';
      expect(await stranger.call(routes.getUploadPage, { params: { secret } })).toMatchObject({
        locationName: location.locationName,
      });
      const send = async (to: string) =>
        stranger.call(routes.sendUpload, {
          params: { secret: to },
          query: { fileName: 'from-the-customer.vpptoken' },
          body: bytesOf(await apple.tokenFile(location.uId)),
        });
      expect((await send(secret)).outcome).toBe('waiting');
      const { waiting, links } = await api.call(routes.listUploads, { params });
      expect(links.map(({ id }) => id)).toEqual([link.id]);
      const uploadId = waiting[0]?.id ?? '';
      expect((await api.call(routes.listWaitingUploads, {})).waiting).toMatchObject([
        { id: uploadId, tokenId: token.tokenId, locationName: location.locationName },
      ]);
      const uploaded = await api.call(routes.previewUpload, { params: { uploadId } });
      const { tokenVersion } = uploaded;
      await api.call(routes.confirmUpload, { params: { uploadId }, query: { tokenVersion } });
      await scanned(api, token.tokenId);
      const second = await api.call(routes.addUploadLink, { params, body: { days: 1, autoConfirm: false } });
      await send(second.path.split('/').at(-1) ?? '');
      const left = await api.call(routes.listUploads, { params });
      await api.call(routes.declineUpload, { params: { uploadId: left.waiting[0]?.id ?? '' } });
      const third = await api.call(routes.addUploadLink, { params, body: { days: 1, autoConfirm: true } });
      await api.call(routes.revokeUploadLink, { params: { ...params, linkId: third.link.id } });

      // Many files at once, of a new location.
      const { id: batchId } = await api.call(routes.openBatch, {});
      const annex = await apple.addLocation({ orgName: 'Fabrikam', locationName: 'Annex' });
      const { fileId } = await api.call(routes.addBatchFile, {
        params: { batchId },
        query: { fileName: 'annex.vpptoken' },
        body: bytesOf(await apple.tokenFile(annex.uId)),
      });
      const verdict = async () => (await api.call(routes.getBatch, { params: { batchId } })).files[0]?.verdict;
      await expect.poll(verdict).toBe('ready');
      await api.call(routes.changeBatchFiles, { params: { batchId }, body: { fileIds: [fileId], mode: 'watch' } });
      await api.call(routes.confirmBatch, { params: { batchId }, body: { fileIds: [fileId] } });
      await expect.poll(verdict).toBe('done');
      expect(await (await api.open(routes.exportBatch, { params: { batchId } })).text()).toContain('annex.vpptoken');
      expect((await api.call(routes.listBatches, { query: { open: 'false' } })).batches).toHaveLength(1);
      await api.call(routes.discardBatch, { params: { batchId } });

      // Alerts.
      const timing = {
        timeZone: 'Europe/Berlin',
        quiet: { from: '22:00', to: '06:30' },
        digest: { kind: 'daily' as const, at: '08:00' },
      };
      const nowhere = { kind: 'webhook', name: 'Nowhere', url: 'https://hooks.invalid/winesap' } as const;
      const { id: channelId } = await api.call(routes.addChannel, { body: nowhere });
      await api.call(routes.changeChannel, {
        params: { channelId },
        body: { kind: 'webhook', name: 'Nowhere at all', timing },
      });
      expect((await api.call(routes.getChannel, { params: { channelId } })).channel).toMatchObject({ timing });
      await api.call(routes.rotateChannelSecret, { params: { channelId } });
      await api.call(routes.enableChannel, { params: { channelId } });
      await api.call(routes.testChannel, { params: { channelId } });
      expect((await api.call(routes.listChannels, {})).channels).toHaveLength(1);
      expect((await api.call(routes.listDeliveries, { params: { channelId } })).deliveries).toHaveLength(1);
      await (await api.open(routes.exportDeliveries, { params: { channelId } })).text();
      const watch = { name: 'Any state', scope: { kind: 'all' as const }, channelIds: [] };
      const rule = await api.call(routes.addRule, {
        body: { ...watch, condition: { kind: 'state', entered: ['healthy'] } },
      });
      await api.call(routes.changeRule, {
        params: { ruleId: rule.id },
        body: { ...watch, condition: { kind: 'expiry', days: [7] }, repeatHours: 12 },
      });
      await api.call(routes.changeExpiryDays, { params, body: { days: [365, 100] } });
      expect((await api.call(routes.getToken, { params })).expiryDays).toEqual([365, 100]);
      expect((await api.call(routes.listRules, {})).rules).toHaveLength(3);
      const { alerts } = await until(
        'an alert',
        () => api.call(routes.listAlerts, { query: { tokenId: token.tokenId } }),
        (list) => list.alerts.length > 0,
      );
      await (await api.open(routes.exportAlerts, {})).text();
      await api.call(routes.acknowledgeAlert, { params: { alertId: alerts[0]?.id ?? '' } });
      await api.call(routes.unacknowledgeAlert, { params: { alertId: alerts[0]?.id ?? '' } });
      await api.call(routes.acknowledgeAlerts, { body: { tokenId: token.tokenId } });
      expect((await api.call(routes.getReport, { query: { organizationId } })).tokens.total).toBe(1);
      await api.call(routes.removeRule, { params: { ruleId: rule.id } });
      await api.call(routes.removeChannel, { params: { channelId } });

      await api.call(routes.changeMode, { params, body: { mode: 'watch' } });
      await api.call(routes.previewRemoval, { params });
      await api.call(routes.removeToken, {
        params,
        body: { locationName: location.locationName, releaseClaim: false },
      });

      // The log.
      const { events } = await api.call(routes.listEvents, {});
      expect(events.length).toBeGreaterThan(10);
      await api.call(routes.getEvent, { params: { eventId: events[0]?.id ?? '' } });
      await (await api.open(routes.exportEvents, {})).text();
      await api.call(routes.summarizeEvents, {});
      const listening = new AbortController();
      await api.open(routes.stream, { signal: listening.signal });
      listening.abort();

      // For monitoring programs: metrics and calendars.
      expect(await (await api.open(routes.getMetrics, {})).text()).toMatch(/^# HELP /m);
      const { feed, path: feedPath } = await api.call(routes.addCalendarFeed, { body: { name: 'Expiries' } });
      const feedSecret = feedPath.split('/').at(-1)?.replace('.ics', '') ?? '';
      const ics = await stranger.open(routes.getCalendar, { params: { secret: feedSecret } });
      expect(await ics.text()).toMatch(/^BEGIN:VCALENDAR\r\n/);
      expect((await api.call(routes.listCalendarFeeds, {})).feeds).toHaveLength(1);
      await api.call(routes.revokeCalendarFeed, { params: { feedId: feed.id } });
      await api.call(routes.signOut, { body: {} });

      expect(ALL.map(([id]) => id).filter((id) => !answered.has(id))).toEqual([]);
    });

    test('the OpenAPI document shows every route, and all its references resolve', async () => {
      const document = await createStrictApi({ baseUrl: stack().url }).call(routes.getOpenApi, {});
      const paths = document.paths as Record<string, Record<string, Record<string, unknown>>>;

      expect(document.openapi).toMatch(/^3\.1\./);
      for (const [id, route] of ALL) {
        const operation = paths[route.path]?.[route.method.toLowerCase()];
        expect(operation, `${route.method} ${route.path}`).toMatchObject({ operationId: id, summary: route.summary });
        const unchanged = route.method === 'GET' && route.answers === 'json' ? ['304'] : [];
        expect(Object.keys(operation?.responses as object)).toEqual([String(route.status), ...unchanged, 'default']);
      }
      expect(Object.values(paths).flatMap((path) => Object.keys(path))).toHaveLength(ALL.length);
      for (const reference of JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
        const place = (reference[1] ?? '').split('/');
        const found = place.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document);
        expect(found, reference[0]).toBeDefined();
      }
    });

    test('requests outside all routes end in a problem document too', async () => {
      const { url } = stack();
      const ask = async (path: string, init: RequestInit = {}) => {
        const response = await fetch(url + path, { ...init, headers: { origin: url, ...init.headers } });
        const { status, code, title } = (await response.json()) as { status: number; code: string; title: string };
        expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
        expect(status).toBe(response.status);
        expect(title).toMatch(/\w.*\.$/);
        return { status, code };
      };
      const json = { 'content-type': 'application/json' };

      expect(await ask('/api/nowhere')).toEqual({ status: 404, code: 'request.not-found' });
      expect(await ask('/api/tokens', { method: 'PATCH' })).toEqual({ status: 404, code: 'request.not-found' });
      expect(await ask('/api/auth/made-up')).toEqual({ status: 404, code: 'request.not-found' });
      expect(await ask('/api/tokens/not-an-id')).toMatchObject({ status: 401 });
      expect(await ask('/api/setup', { method: 'POST', headers: json, body: '{"name":' })).toMatchObject({
        status: 400,
      });
      expect(await ask('/api/setup', { method: 'POST', headers: json, body: '[]' })).toMatchObject({ status: 400 });
      expect(
        await ask('/api/setup', {
          method: 'POST',
          headers: json,
          body: JSON.stringify({ name: 'x'.repeat(2_000_000) }),
        }),
      ).toEqual({ status: 413, code: 'request.too-big' });
      expect(await ask('/api/events?limit=0')).toMatchObject({ status: 401 });
    });

    test("responses are not cached by browsers and proxies, and pages can't be framed", async () => {
      const response = await fetch(`${stack().url}/api/status`);

      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(response.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
    });

    test('a value out of range is refused by name', async () => {
      const { url } = stack();
      const { key } = await signedInKey(url);
      const api = createStrictApi({ baseUrl: url, headers: { 'x-api-key': key } });

      const limit = await refused(api.call(routes.listEvents, { query: { limit: 501 } }));
      const id = await refused(api.call(routes.getToken, { params: { tokenId: 'not-an-id' } }));
      const from = await refused(api.call(routes.listEvents, { query: { from: 'yesterday' } }));

      for (const [problem, name] of [
        [limit, 'limit'],
        [id, 'tokenId'],
        [from, 'from'],
      ] as const) {
        expect(problem).toMatchObject({ code: 'request.invalid', status: 400 });
        expect(problem.detail).toContain(name);
      }
    });
  },
  { firstRun: true, notified: true },
);

async function signedInKey(url: string): Promise<{ key: string }> {
  const signedIn = await createStrictApi({ baseUrl: url, headers: { origin: url } }).open(routes.signIn, {
    body: { email: OWNER.email, password: OWNER.password },
  });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((text) => text.split(';')[0])
    .join('; ');
  return createStrictApi({ baseUrl: url, headers: { origin: url, cookie } }).call(routes.addKey, {
    body: { name: 'k' },
  });
}
