import { z } from 'zod'
import type { CallRow } from './call.ts'
import { lazyObject } from '../schema/lazyObject.ts'

/** Whoever is connected to a host. A name is what they say of themselves; the host proves none. */
export const Person = lazyObject(() => ({
  /** Null: they gave none. */
  name: z.string().nullable(),
  /** From another program or machine than the host's own. */
  isRemote: z.boolean(),
  since: z.string(),
  isYou: z.boolean(),
}))
export type Person = z.infer<typeof Person>

export const ConnectionFacts = lazyObject(() => ({
  /** The machine that the host runs on. */
  hostName: z.string(),
  /** Its account, under which everything is done. */
  user: z.string(),
  /** False: the host is part of the application that asks. */
  isRemote: z.boolean(),
  /** The address that was dialled, where the application did so; null: that of the page, or none. */
  address: z.string().nullable(),
  people: lazyObject(() => ({ total: z.number().int(), shown: z.array(Person).max(50) })),
}))
export type ConnectionFacts = z.infer<typeof ConnectionFacts>

export const PersonName = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[^\p{C}]+$/u)

export const connectionCalls = {
  /** How the page is connected to its host, since when it is not, and who else is there. */
  'connection.get': { input: z.object({}), output: ConnectionFacts, effect: 'read' },
  /** Says that a person is there, and what they call themselves: a session that nobody uses ends. */
  'connection.active': {
    input: z.object({ name: PersonName.nullable() }),
    output: z.object({}),
    effect: 'read',
  },
  /** Dials a host again that the application lost, perhaps with another token. A host that answers needs no dialling. */
  'connection.redial': {
    input: z.object({ token: z.string().max(500).nullable() }),
    output: z.object({}),
    effect: 'read',
  },
} as const satisfies Record<string, CallRow>

/** `lost`: it is dialled again by itself. `ended`: that needs a person. */
export const LinkState = z.object({
  state: z.enum(['connected', 'lost', 'ended']),
  /** Why, where more is known than that it is so. */
  reason: z.string().nullable(),
})
export type LinkState = z.infer<typeof LinkState>
