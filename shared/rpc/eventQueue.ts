import type { EventName, EventValue } from '../contract/contract.ts'

export type QueuedEvent = {
  readonly [N in EventName]: { name: N; value: EventValue<N> }
}[EventName]

/** Holds events back for a slow reader, merged to what it needs to know: nothing is forgotten and nothing grows. */
export function createEventQueue(): {
  readonly add: (event: QueuedEvent) => void
  readonly takeAll: () => readonly QueuedEvent[]
} {
  const queued = new Map<string, QueuedEvent>()
  return {
    add: (event) => {
      const key = keyOf(event)
      queued.set(key, merge(queued.get(key), event))
    },
    takeAll: () => {
      const all = [...queued.values()]
      queued.clear()
      return all
    },
  }
}

function keyOf(event: QueuedEvent): string {
  return event.name === 'run.progressed' ? `${event.name} ${event.value.run}` : event.name
}

function merge(before: QueuedEvent | undefined, event: QueuedEvent): QueuedEvent {
  if (event.name !== 'runs.changed' || before?.name !== 'runs.changed') return event
  if (before.value.runs === null || event.value.runs === null) {
    return { name: 'runs.changed', value: { runs: null } }
  }
  const runs = [...new Set([...before.value.runs, ...event.value.runs])]
  return { name: 'runs.changed', value: { runs: runs.length > 1000 ? null : runs } }
}
