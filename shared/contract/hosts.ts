import { z } from 'zod'
import type { CallRow } from './call.ts'
import { lazyObject } from '../schema/lazyObject.ts'

export const KnownHost = lazyObject(() => ({
  /** `http://name:port`, as it was given. */
  address: z.string(),
  /** What the host calls its machine and its workspace; null: it was never reached. */
  hostName: z.string().nullable(),
  workspace: z.string().nullable(),
  connectedAt: z.string().nullable(),
  /** Whether its token is kept, encrypted by the system. */
  hasToken: z.boolean(),
  /** `answers`: an Unstuck host answers there now. */
  state: z.enum(['connected', 'answers', 'silent']),
}))
export type KnownHost = z.infer<typeof KnownHost>

export const hostListCalls = {
  /** Hosts that the desktop application connected to before. They change nothing of the workspace. */
  'hosts.list': {
    input: z.object({}),
    output: lazyObject(() => ({
      hosts: z.array(KnownHost).max(20),
      /** False: only the desktop application connects to other hosts. */
      canConnect: z.boolean(),
      /** Why a token cannot be kept safely here; null: it can. */
      whyNotKept: z.string().nullable(),
    })),
    effect: 'read',
  },
  /** Shows the workspace of another host in place of this. The answer comes before: the page is loaded anew. */
  'hosts.connect': {
    input: lazyObject(() => ({
      /** The address that the host printed, perhaps with its token. */
      address: z.string().min(1).max(2000),
      /** Null: the one that is kept, or that of the address. */
      token: z.string().max(500).nullable(),
      remember: z.boolean(),
    })),
    output: z.object({ hostName: z.string(), workspace: z.string() }),
    effect: 'read',
  },
  /** Forgets a host and its token. */
  'hosts.forget': {
    input: z.object({ address: z.string().min(1).max(2000) }),
    output: z.object({ forgotten: z.boolean() }),
    effect: 'read',
  },
} as const satisfies Record<string, CallRow>
