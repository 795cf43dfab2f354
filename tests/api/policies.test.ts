import { routes } from '@winesap/api';
import { addLocation, addOrganization, bytesOf, holdLocation, inspect, refused } from '@winesap/testkit';
import { withStack } from '@winesap/testkit/for-each-stack';
import { expect, test } from 'vitest';

withStack('embedded', (stack) => {
  const addPolicy = (organizationId: string, parentId: string | null, name: string) =>
    stack().owner.api.call(routes.addPolicy, { params: { organizationId }, body: { name, parentId } });
  const getPolicy = (policyId: string) => stack().owner.api.call(routes.getPolicy, { params: { policyId } });
  const setInheritance = (policyId: string, enabled: boolean) =>
    stack().owner.api.call(routes.setTokenInheritance, { params: { policyId }, body: { enabled } });

  test('a child uses the token of its parent policy, shows where it comes from, and may renew but not remove it', async () => {
    const { organizationId, policyId } = await holdLocation(stack());
    const child = await addPolicy(organizationId, policyId, 'Stores East');
    const grandchild = await addPolicy(organizationId, child.id, 'Boston');

    const alone = await getPolicy(grandchild.id);
    const holder = await setInheritance(policyId, true);
    const heir = await getPolicy(grandchild.id);

    expect(alone).toMatchObject({ token: null, tokenSource: null, may: { add: { allowed: true } } });
    expect(holder).toMatchObject({ tokenInheritance: true, tokenSource: 'own' });
    expect(heir).toMatchObject({
      tokenSource: 'inherited',
      inheritedFrom: { policyId },
      token: { tokenId: holder.token?.tokenId },
      may: { renew: { allowed: true }, remove: { allowed: false }, add: { allowed: false } },
    });
    expect(heir.may.remove.reason).toContain(holder.name);
    const { assets } = await stack().owner.api.call(routes.listAssets, { params: { policyId: grandchild.id } });
    expect(assets.length).toBeGreaterThan(0);
    const { policies } = await stack().owner.api.call(routes.listPolicies, { params: { organizationId } });
    expect(policies.map(({ name, token }) => [name, token?.source])).toEqual([
      [holder.name, 'own'],
      ['Stores East', 'inherited'],
      ['Boston', 'inherited'],
    ]);
    const again = await setInheritance(policyId, false);
    expect(again.tokenInheritance).toBe(false);
    expect((await getPolicy(child.id)).token).toBeNull();
  });

  test('inheritance is refused with the names of the child policies that hold another location', async () => {
    const upper = await holdLocation(stack());
    const { organizationId, policyId } = upper;
    const child = await addPolicy(organizationId, policyId, 'Stores West');
    await holdLocation(stack(), { organizationId, policyId: child.id });

    const problem = await refused(setInheritance(policyId, true));
    const { may, tokenInheritance } = await getPolicy(policyId);

    expect(problem).toMatchObject({ code: 'inheritance.child-holds-token', status: 409 });
    expect(problem.detail).toContain('Stores West');
    expect(tokenInheritance).toBe(false);
    expect(may.changeInheritance).toMatchObject({ allowed: false, code: 'inheritance.child-holds-token' });
  });

  test('inheritance requires a token', async () => {
    const { policyId } = await addOrganization(stack().owner.api);

    const problem = await refused(setInheritance(policyId, true));

    expect(problem).toMatchObject({ code: 'inheritance.no-token', status: 409 });
  });

  test("a policy that inherits can't have its own token", async () => {
    const { apple, owner } = stack();
    const { organizationId, policyId } = await holdLocation(stack());
    const child = await addPolicy(organizationId, policyId, 'Office');
    await setInheritance(policyId, true);
    const file = await apple.tokenFile((await addLocation(stack())).uId);
    const { fingerprint } = (await inspect(owner.api, file)).file;

    const problem = await refused(
      owner.api.call(routes.addToken, {
        params: { policyId: child.id },
        query: { fingerprint, mode: 'watch' },
        body: bytesOf(file),
      }),
    );

    expect(problem).toMatchObject({ code: 'policy.inherits-token', status: 409 });
  });

  test('removing a token shows the heirs, and ends their inheritance', async () => {
    const { owner } = stack();
    const held = await holdLocation(stack());
    const child = await addPolicy(held.organizationId, held.policyId, 'Classrooms');
    await setInheritance(held.policyId, true);

    const told = await owner.api.call(routes.previewRemoval, { params: { tokenId: held.tokenId } });
    await owner.api.call(routes.removeToken, {
      params: { tokenId: held.tokenId },
      body: { locationName: held.location.locationName, releaseClaim: false },
    });

    expect(told.usedBy).toEqual([{ policyId: child.id, policyName: 'Classrooms' }]);
    expect(await getPolicy(child.id)).toMatchObject({ token: null, may: { add: { allowed: true } } });
    expect((await getPolicy(held.policyId)).tokenInheritance).toBe(false);
  });

  test("an organization or policy with content can't be deleted", async () => {
    const { api } = stack().owner;
    const held = await holdLocation(stack());
    const parent = await addPolicy(held.organizationId, held.policyId, 'Wards');
    const leaf = await addPolicy(held.organizationId, parent.id, 'Ward 3');
    const empty = await addOrganization(api);
    const drop = (policyId: string) => refused(api.call(routes.deletePolicy, { params: { policyId } }));

    expect((await drop(held.policyId)).code).toMatch(/^policy\.(holds-token|has-children)$/);
    expect(await drop(parent.id)).toMatchObject({ code: 'policy.has-children', status: 409 });
    expect(await drop(empty.policyId)).toMatchObject({ code: 'policy.is-last', status: 409 });
    const organization = await refused(
      api.call(routes.deleteOrganization, { params: { organizationId: held.organizationId } }),
    );
    expect(organization).toMatchObject({ code: 'organization.holds-tokens', status: 409 });
    await api.call(routes.deletePolicy, { params: { policyId: leaf.id } });
    await api.call(routes.deleteOrganization, { params: { organizationId: empty.organizationId } });
    expect((await refused(getPolicy(leaf.id))).code).toBe('policy.not-found');
  });

  test('names are unique', async () => {
    const { api } = stack().owner;
    const { name, organizationId, policyId } = await addOrganization(api);
    await addPolicy(organizationId, policyId, 'Teachers');

    const organization = await refused(api.call(routes.addOrganization, { body: { name: name.toUpperCase() } }));
    const policy = await refused(addPolicy(organizationId, policyId, 'Teachers'));
    const blank = await refused(addPolicy(organizationId, policyId, '   '));
    const nowhere = await refused(addPolicy(organizationId, '00000000-0000-4000-8000-000000000000', 'Lost'));

    expect(organization).toMatchObject({ code: 'organization.exists', status: 409 });
    expect(policy).toMatchObject({ code: 'policy.exists', status: 409 });
    expect(blank).toMatchObject({ code: 'request.invalid', status: 400 });
    expect(nowhere).toMatchObject({ code: 'policy.not-found', status: 404 });
  });

  test("a policy can't be the parent of another organization's policy", async () => {
    const { api } = stack().owner;
    const mine = await addOrganization(api);
    const theirs = await addOrganization(api);

    const problem = await refused(addPolicy(mine.organizationId, theirs.policyId, 'Smuggled'));

    expect(problem).toMatchObject({ code: 'policy.not-found', status: 404 });
  });
});
