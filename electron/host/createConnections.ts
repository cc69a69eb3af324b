// Who is connected to a host: what each is called, and in whose name a call is done.
import { AsyncLocalStorage } from 'node:async_hooks'
import type { ConnectionFacts, Person } from '../../shared/contract/connection.ts'
import type { Handlers } from '../../shared/contract/contract.ts'
import type { Connections } from '../services/context.ts'

export type ConnectionsOfHost = Connections & {
  /** Handlers that do everything in the name of one connection, and the function that ends it. */
  readonly add: (
    handlers: Handlers,
    options: { readonly isRemote: boolean },
  ) => { readonly handlers: Handlers; readonly remove: () => void }
  /** The name under which is done what is done now. */
  readonly userNow: () => string
}

export type ConnectionsOptions = {
  readonly hostName: string
  /** The account of this process. */
  readonly user: string
  readonly now: () => string
  /** Told when somebody came, left, or gave a name. */
  readonly onChange: () => void
}

type Connected = { name: string | null; readonly isRemote: boolean; readonly since: string }

export function createConnections(options: ConnectionsOptions): ConnectionsOfHost {
  const { hostName, user, now, onChange } = options
  const all = new Set<Connected>()
  const asking = new AsyncLocalStorage<Connected>()
  return { facts, setName, add, userNow }

  /** The host proves its account only: the name is what the person says. */
  function userNow(): string {
    const name = asking.getStore()?.name ?? null
    return name === null || name === user ? user : `${name} via ${user}`
  }

  function facts(): ConnectionFacts {
    const you = asking.getStore()
    const shown = [...all].slice(0, 50).map((one) => personOf(one, one === you))
    const isRemote = you?.isRemote ?? false
    return { hostName, user, isRemote, address: null, people: { total: all.size, shown } }
  }

  function setName(name: string | null): void {
    const you = asking.getStore()
    if (you === undefined || you.name === name) return
    you.name = name
    onChange()
  }

  function add(handlers: Handlers, { isRemote }: { readonly isRemote: boolean }) {
    const one: Connected = { name: null, isRemote, since: now() }
    all.add(one)
    onChange()
    const remove = (): void => {
      if (all.delete(one)) onChange()
    }
    return { handlers: inTheNameOf(one, handlers), remove }
  }

  function inTheNameOf(one: Connected, handlers: Handlers): Handlers {
    const named = Object.entries(handlers).map(([name, handler]) => [
      name,
      (...asked: readonly unknown[]) =>
        asking.run(one, () => Reflect.apply(handler, undefined, asked)),
    ])
    return Object.fromEntries(named) as Handlers // each handler under its own name, called as it was
  }
}

function personOf({ name, isRemote, since }: Connected, isYou: boolean): Person {
  return { name, isRemote, since, isYou }
}
