import type { FormatRepair } from '../../format.ts'
import { isLog } from '../documentKind.ts'
import { eventLines, gluedRecord, type EventLine } from '../eventLines.ts'
import type { FileStore } from '../fileStore.ts'
import { baseOf } from '../names.ts'

/** [F87] Whole records on lines of their own; what is torn is taken out, and said. Numbers stay as they are. */
export function eventRepairs({ events, kind, set, text }: FileStore): readonly FormatRepair[] {
  const log = isLog(kind) ? { path: set.document, text } : events
  if (log === null) return []
  const lines = eventLines(log.text)
  const torn = lines.filter(({ root }) => root === null)
  if (torn.length === 0) return []
  const kept = lines.flatMap((line) => keptOf(line) ?? [])
  const whole = kept.length === 0 ? '' : `${kept.join('\n')}\n`
  return [
    {
      id: 'events',
      label: `${baseOf(log.path)}: torn records are taken out, glued ones parted`,
      confidence: 'likely',
      losses: torn.map(
        (line) =>
          `Line ${line.number}: ${tornPart(line).length} characters of a torn record, "${start(tornPart(line))}".`,
      ),
      changes: [{ path: log.path, text: whole, why: 'the log of events' }],
    },
  ]
}

function keptOf(line: EventLine): string | null {
  if (line.root !== null) return line.text
  const at = gluedRecord(line.text)
  return at === null ? null : line.text.slice(at)
}

function tornPart({ text }: EventLine): string {
  return text.slice(0, gluedRecord(text) ?? text.length)
}

function start(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`
}
