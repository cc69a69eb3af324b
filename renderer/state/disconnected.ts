import type { Workspace } from '../../shared/contract/workspace.ts'

/** A workspace whose host is not there: what is known of it is shown, and nothing of it can be changed. */
export function disconnected(workspace: Workspace, sinceMs: number): Workspace {
  return { ...workspace, writable: false, readOnlyReason: notConnected(sinceMs) }
}

export function notConnected(sinceMs: number): string {
  return `Not connected since ${clock(sinceMs)}. What you see is from then.`
}

export function clock(ms: number): string {
  const at = new Date(ms)
  return [at.getHours(), at.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':')
}
