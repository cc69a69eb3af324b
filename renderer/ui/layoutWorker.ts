// A thread of its own: however long a layout takes, the page answers.
import type { GraphShape } from './graphLayout.ts'
import { layoutByDagre } from './layoutByDagre.ts'

self.addEventListener('message', ({ data }: MessageEvent<GraphShape>) => {
  self.postMessage(layoutByDagre(data))
})
