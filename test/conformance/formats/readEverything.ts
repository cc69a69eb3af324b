import type { FormatReading } from '../../../shared/core/formats/format.ts'
import { context, type FormatCase } from './formatCases.ts'

/** Everything that a service asks of a format; that it answers is what matters. */
export function readEverything({ format, document, set }: FormatCase, text: string): FormatReading {
  const damaged = { ...set, texts: new Map([...set.texts, [document, text]]) }
  format.role(document, text)
  format.rank?.(document, text, context)
  format.belongs(document, text, set.files)
  for (const { item } of (format.items?.(text) ?? []).slice(0, 3))
    format.read({ ...damaged, item }, context)
  const reading = format.read(damaged, context)
  format.edit(damaged, [{ op: 'replace', path: ['status'], value: '"x"' }], context)
  format.repairs(damaged, context)
  format.resume(damaged, { from: null }, context)
  format.migrate?.(damaged, context)
  const options = { definition: null, commands: {}, id: 'imported-20261122t000000-ab12' }
  format.toRun(damaged, options, context)
  if (reading.run !== null) format.fromRun(damaged, reading.run, context)
  return reading
}
