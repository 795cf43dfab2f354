export type { Hook, HookState, ShownAddress, ShownHook } from '../domain/hooks/hook.ts';
export { type HookOff, hookWords } from '../domain/hooks/hook-words.ts';
export type { HookChange, Hooks } from '../ports/hooks.ts';
export { applyHook } from '../use-cases/hooks/apply-hook.ts';
export { refuseNotifications } from '../use-cases/hooks/refuse-notifications.ts';
export { rotateSecret } from '../use-cases/hooks/rotate-secret.ts';
