// Numbers that no host of this state file ever gives again: a block of them is on disk as given before its first one is.
import { counterNames, type CounterName } from '../../../shared/schema/hostState.ts'

export type Marks = Readonly<Record<CounterName, number>>

export type Counters = {
  readonly next: (name: CounterName) => Promise<number>
  /** The last number that was given. */
  readonly given: () => Marks
  /** What goes into the file: nothing beyond is given before that is written. */
  readonly marks: () => Marks
  /** These marks are on disk. */
  readonly written: (marks: Marks) => void
  /** Goes on behind what earlier hosts gave; null: that is lost. */
  readonly restore: (marks: Partial<Marks> | null) => void
  /** No number is given any more: the block is given back but for what was used. */
  readonly end: () => void
}

export type CounterOptions = {
  /** Whether there is a file at all. */
  readonly isKept: () => boolean
  /** Has the marks written; false: they could not be. */
  readonly save: () => Promise<boolean>
  readonly nowMs: () => number
}

type Counter = {
  given: number
  reserved: number
  durable: number
  /** It leapt ahead to where no block reaches: its numbers are nobody's, on disk or not. */
  isAhead: boolean
}

export function createCounters({ isKept, save, nowMs }: CounterOptions): Counters {
  const counters = record((): Counter => ({
    given: 0,
    reserved: blockSize,
    durable: 0,
    isAhead: false,
  }))

  async function next(name: CounterName): Promise<number> {
    const counter = counters[name]
    while (isKept() && !counter.isAhead && counter.given >= counter.durable) {
      if ((await save()) || counter.given < counter.durable) continue
      leapAhead(counter)
    }
    counter.given += 1
    if (counter.reserved - counter.given < blockSize / 2) {
      counter.reserved = counter.given + blockSize
      if (isKept()) void save()
    }
    return counter.given
  }

  /** To where no block reaches: a counter would have to be asked a thousand times a second, ever since 1970. */
  function leapAhead(counter: Counter): void {
    counter.given = Math.max(counter.given, nowMs())
    counter.reserved = counter.given + blockSize
    counter.isAhead = true
  }

  return {
    next,
    given: () => record((name) => counters[name].given),
    marks: () => record((name) => counters[name].reserved),
    written: (marks) => {
      for (const name of counterNames) {
        const counter = counters[name]
        counter.durable = Math.max(counter.durable, marks[name])
        if (counter.durable >= counter.given) counter.isAhead = false
      }
    },
    restore: (marks) => {
      for (const name of counterNames) {
        const counter = counters[name]
        if (marks === null) leapAhead(counter)
        counter.given = Math.max(counter.given, marks?.[name] ?? 0)
        counter.reserved = Math.max(counter.reserved, counter.given + blockSize)
      }
    },
    end: () => {
      for (const name of counterNames) counters[name].reserved = counters[name].given
    },
  }
}

function record<Value>(of: (name: CounterName) => Value): Record<CounterName, Value> {
  return { batch: of('batch'), event: of('event') }
}

const blockSize = 1000
