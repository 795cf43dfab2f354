import { until } from '../until.ts';

/** A user as Apple lists it. */
export interface AppleUser {
  clientUserId: string;
  status: string;
  email?: string;
  idHash?: string;
  inviteCode?: string;
}

/** What another server does to the users of a location: any program with its token. */
export interface AppleUsers {
  create(...users: { clientUserId: string; email?: string; managedAppleId?: string }[]): Promise<void>;
  update(...users: { clientUserId: string; email?: string; managedAppleId?: string }[]): Promise<void>;
  retire(...clientUserIds: string[]): Promise<void>;
  /** Assigns a license to each of them. */
  assign(adamId: string, ...clientUserIds: string[]): Promise<void>;
  list(): Promise<AppleUser[]>;
}

/** Each change is complete when its promise resolves. Errors: Error if Apple refuses it. */
export function createAppleUsers(appleUrl: string, file: string): AppleUsers {
  const ask = async (path: string, body?: object) => {
    const response = await fetch(`${appleUrl}/mdm/v2/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${file.trim()}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`Apple refused ${path}: ${await response.text()}`);
    return response.json();
  };
  const change = async (path: string, body: object) => {
    const { eventId } = (await ask(path, body)) as { eventId: string };
    await until(
      `Apple to have done ${path}`,
      async () => (await ask(`status?eventId=${eventId}`)) as { eventStatus: string },
      ({ eventStatus }) => eventStatus !== 'PENDING',
    );
  };
  return {
    create: (...users) => change('users/create', { users }),
    update: (...users) => change('users/update', { users }),
    retire: (...ids) => change('users/retire', { users: ids.map((clientUserId) => ({ clientUserId })) }),
    assign: (adamId, ...clientUserIds) => change('assets/associate', { assets: [{ adamId }], clientUserIds }),
    async list() {
      const users: AppleUser[] = [];
      for (let pageIndex: number | undefined = 0; pageIndex !== undefined; ) {
        const page = (await ask(`users?pageIndex=${pageIndex}`)) as { users: AppleUser[]; nextPageIndex?: number };
        users.push(...page.users);
        pageIndex = page.nextPageIndex;
      }
      return users;
    },
  };
}
