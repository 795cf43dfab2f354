import { useNavigate } from '@tanstack/react-router';
import type { PolicyNode } from '@winesap/api';
import { type KeyboardEvent, useRef, useState } from 'react';
import { SeverityMark } from '../parts/severity-mark.tsx';
import { useOpenSection } from './policy-tabs.tsx';
import classes from './policy-tree.module.css';
import { treeAct } from './tree-keys.ts';
import { treeRows } from './tree-rows.ts';

/**
 * The policies of an organization. Arrows move and open, Home and End jump, Enter shows the policy: the keys of a tree.
 * The mark says how the policy's token is; an inherited one is quieter.
 */
export function PolicyTree({ policies, selectedId }: { policies: readonly PolicyNode[]; selectedId: string | null }) {
  const navigate = useNavigate();
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [focused, setFocused] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const rows = treeRows(policies, closed);
  const reachable =
    rows.find((row) => row.policy.id === focused)?.policy.id ??
    rows.find((row) => row.policy.id === selectedId)?.policy.id ??
    rows[0]?.policy.id;

  const section = useOpenSection();
  const show = (policyId: string) => void navigate({ to: section, params: { policyId } });
  const setOpen = (id: string, open: boolean) => {
    const next = new Set(closed);
    if (open) next.delete(id);
    else next.add(id);
    setClosed(next);
  };
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const done = treeAct(rows, index, event.key);
    if (done === null) return;
    event.preventDefault();
    if (done.act === 'focus') list.current?.querySelectorAll<HTMLElement>('[role="treeitem"]')[done.index]?.focus();
    else if (done.act === 'show') show(done.policyId);
    else setOpen(done.policyId, done.act === 'open');
  };

  return (
    <div ref={list} role="tree" aria-label="Policies" className={classes.tree}>
      {rows.map(({ policy, depth, hasChildren, isOpen }, index) => (
        <div
          key={policy.id}
          role="treeitem"
          aria-level={depth + 1}
          aria-selected={policy.id === selectedId}
          {...(hasChildren ? { 'aria-expanded': isOpen } : {})}
          aria-label={policy.token === null ? policy.name : `${policy.name}, token ${policy.token.label}`}
          tabIndex={policy.id === reachable ? 0 : -1}
          className={classes.row}
          style={{ paddingLeft: 6 + depth * 18 }}
          onKeyDown={(event) => onKeyDown(event, index)}
          onFocus={() => setFocused(policy.id)}
          onClick={() => show(policy.id)}
        >
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard opens and closes with the arrows */}
          {/* biome-ignore lint/a11y/noStaticElementInteractions: as above */}
          <span
            className={classes.twist}
            data-open={isOpen || undefined}
            onClick={(event) => {
              if (!hasChildren) return;
              event.stopPropagation();
              setOpen(policy.id, !isOpen);
            }}
          >
            {hasChildren && (
              <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden>
                <path d="M3.500 1.500 7 5 3.500 8.500" fill="none" stroke="currentColor" strokeWidth="1.500" />
              </svg>
            )}
          </span>
          <span className="clip">{policy.name}</span>
          {policy.token !== null && (
            <span className={classes.mark} data-source={policy.token.source} title={markWords(policy)}>
              <SeverityMark severity={policy.token.severity} size={12} />
            </span>
          )}
        </div>
      ))}
    </div>
  );
}

function markWords({ token }: PolicyNode): string | undefined {
  if (token === null) return undefined;
  return token.source === 'inherited' ? `${token.label}, inherited` : token.label;
}
