import { type EndpointId, endpoints, notificationTypes, schemas } from '@winesap/contract';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/**
 * The contract's schemas closed: properties nobody documented are refused and those every sample shows are demanded,
 * because the simulator must not say more or less than Apple.
 */
const ajv = new Ajv2020({ strict: false, allErrors: true });
for (const document of Object.values(schemas)) {
  ajv.addSchema(JSON.parse(JSON.stringify(close(document)).replaceAll('urn:winesap:contract:', 'urn:winesap:closed:')));
}

function close(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(close);
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy: Record<string, unknown> = Object.fromEntries(
    Object.entries(schema).map(([name, value]) => [name, close(value)]),
  );
  if (copy.type === 'object' && 'properties' in copy && !('additionalProperties' in copy)) {
    copy.additionalProperties = false;
    copy.required = [...new Set([...((copy.required as string[]) ?? []), ...((copy['x-expected'] as string[]) ?? [])])];
  }
  return copy;
}

/** What is wrong with a value by a closed schema (`assets#/$defs/Asset`); empty when nothing is. */
export function problemsWith(schema: string, value: unknown): string[] {
  const validate: ValidateFunction | undefined = ajv.getSchema(`urn:winesap:closed:${schema}`);
  if (validate === undefined) throw new Error(`no schema ${schema}`);
  return validate(value)
    ? []
    : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
}

/** What is wrong with an answer of an endpoint. */
export function problemsWithAnswer(id: EndpointId, value: unknown): string[] {
  if (typeof value === 'object' && value !== null && 'errorNumber' in value) {
    return problemsWith(endpoints[id].api === 'v1' ? 'v1#/$defs/V1Failure' : 'common#/$defs/ErrorResponse', value);
  }
  return problemsWith(endpoints[id].response, value);
}

/** What is wrong with a notification as it came. */
export function problemsWithNotification(value: { notificationType: keyof typeof notificationTypes }): string[] {
  return problemsWith(notificationTypes[value.notificationType].schema, value);
}
