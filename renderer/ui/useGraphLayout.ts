import { useEffect, useState } from 'react'
import { isSameShape, type GraphLayout, type GraphShape } from './graphLayout.ts'
import { isOfChains, layoutByLayers } from './layoutByLayers.ts'

/** Why a drawing is the simple one. */
export type Simple = 'asked' | 'too-long' | 'refused'

export type GraphDrawing =
  | { readonly kind: 'laying-out'; readonly takeSimple: () => void }
  | {
      readonly kind: 'ready'
      readonly layout: GraphLayout
      /** Null for the best that there is. */
      readonly simple: Simple | null
      /** Lays it out again, however long that takes. */
      readonly takeTime: () => void
    }

/** A layout that takes longer than a person waits gives way to a simple one. */
const limitMs = 6000

type Effort = 'limited' | 'unlimited' | 'simple'
type Attempt = { readonly shape: GraphShape; readonly effort: Effort }
type Outcome = {
  readonly attempt: Attempt
  readonly layout: GraphLayout
  readonly simple: Simple | null
}

/** Where each node stands, worked out beside the page, and anew only for other nodes or edges. */
export function useGraphLayout(shape: GraphShape): GraphDrawing {
  const [attempt, setAttempt] = useState<Attempt>({ shape, effort: 'limited' })
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  if (!isSameShape(attempt.shape, shape)) setAttempt({ shape, effort: 'limited' })
  useEffect(
    () => startLayout(attempt, (layout, simple) => setOutcome({ attempt, layout, simple })),
    [attempt],
  )
  if (outcome === null || outcome.attempt !== attempt)
    return { kind: 'laying-out', takeSimple: () => setAttempt({ shape, effort: 'simple' }) }
  const takeTime = () => setAttempt({ shape, effort: 'unlimited' })
  return { kind: 'ready', layout: outcome.layout, simple: outcome.simple, takeTime }
}

/** Tells a layout once; returns what stops it. */
function startLayout(
  { shape, effort }: Attempt,
  tell: (layout: GraphLayout, simple: Simple | null) => void,
): () => void {
  if (effort === 'simple' || isOfChains(shape)) {
    tell(layoutByLayers(shape), isOfChains(shape) ? null : 'asked')
    return () => undefined
  }
  const worker = new Worker(new URL('./layoutWorker.ts', import.meta.url), { type: 'module' })
  const giveUp = (why: Simple) => {
    stop()
    tell(layoutByLayers(shape), why)
  }
  const timer = effort === 'limited' ? setTimeout(() => giveUp('too-long'), limitMs) : undefined
  const stop = () => {
    clearTimeout(timer)
    worker.terminate()
  }
  worker.addEventListener('error', () => giveUp('refused'))
  worker.addEventListener('message', ({ data }: MessageEvent<GraphLayout>) => {
    stop()
    tell(data, null)
  })
  worker.postMessage(shape)
  return stop
}
