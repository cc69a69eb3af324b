// The one room for a drawing of what needs what. It is laid out beside the page, and only what is seen is drawn.
import { Banner } from './Banner.tsx'
import { Button } from './Button.tsx'
import { GraphCanvas, type GraphCanvasProps } from './GraphCanvas.tsx'
import type { GraphShape } from './graphLayout.ts'
import type { IconName } from './Icon.tsx'
import { Spinner } from './Spinner.tsx'
import { useGraphLayout, type Simple } from './useGraphLayout.ts'
import styles from './Graph.module.css'

export type GraphNode = {
  readonly id: string
  readonly label: string
  readonly status: string
  /** Beside the word of the status. */
  readonly note: string | null
  /** It stands for so many. */
  readonly count: number | null
  /** What is peculiar about it, each with its tooltip. */
  readonly marks: readonly { readonly icon: IconName; readonly text: string }[]
  /** False: drawn dashed. */
  readonly isBegun: boolean
  readonly isOnPath: boolean
  /** It is not among those that are looked for. */
  readonly isDim: boolean
  /** All of it, for who cannot see the drawing. */
  readonly sentence: string
}

export type GraphProps = Omit<GraphCanvasProps, 'layout'> & {
  readonly shape: GraphShape
}

export function Graph({ shape, ...canvas }: GraphProps) {
  const drawing = useGraphLayout(shape)
  if (drawing.kind === 'laying-out') {
    const count = shape.nodes.length.toLocaleString('en')
    return (
      <div className={styles.waiting}>
        <Spinner label={`Laying out ${count} nodes`} />
        <Button size="s" onClick={drawing.takeSimple}>
          Draw it simply now
        </Button>
      </div>
    )
  }
  return (
    <section className={styles.graph} aria-label={canvas.label}>
      {drawing.simple !== null && (
        <Banner
          tone="neutral"
          icon="info"
          actions={
            drawing.simple !== 'refused' && (
              <Button size="s" variant="quiet" onClick={drawing.takeTime}>
                Take the time
              </Button>
            )
          }
        >
          {simpleWords[drawing.simple]} Each stands below all that it needs; more lines cross than
          have to.
        </Banner>
      )}
      <GraphCanvas {...canvas} layout={drawing.layout} />
    </section>
  )
}

const simpleWords = {
  asked: 'A simple drawing, as you asked.',
  'too-long': 'A good drawing took too long, so this is a simple one.',
  refused: 'A good drawing could not be made, so this is a simple one.',
} as const satisfies Record<Simple, string>
