import type { Diagnosis, Liveness } from '../../shared/core/diagnose/diagnosis.ts'
import { diagnoseReading } from '../../shared/core/formats/diagnoseReading.ts'
import type { ServiceContext } from './context.ts'
import { diagnoseDocument } from './diagnoseOpened.ts'
import type { DocumentKind } from './documentKind.ts'

/** [F194] No engine leaves proof of a living process beside its documents. */
export function livenessOf({ foreign }: Pick<DocumentKind, 'foreign'>): Liveness {
  const status = foreign?.reading.run?.status
  return status === 'running' || status === 'waiting' ? 'unknown' : 'none'
}

/** Why what a document holds does not move, most likely first. */
export function reasonsOf(context: ServiceContext, kind: DocumentKind): readonly Diagnosis[] {
  const { foreign } = kind
  if (foreign === null) return diagnoseDocument(context, kind)
  const { findings } = kind
  const engine = foreign.format.name
  return diagnoseReading({ ...foreign.reading, findings }, { engine, now: context.now() })
}
