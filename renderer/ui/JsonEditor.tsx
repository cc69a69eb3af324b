import { lazy, Suspense } from 'react'
import type { JsonEditorViewProps } from './JsonEditorView.tsx'
import { Spinner } from './Spinner.tsx'

const View = lazy(async () => {
  const { JsonEditorView } = await import('./JsonEditorView.tsx')
  return { default: JsonEditorView }
})

/** An editor of one JSON value. What it is made of is loaded with the first one that is shown. */
export function JsonEditor(props: JsonEditorViewProps) {
  return (
    <Suspense fallback={<Spinner label="Loading the editor" size="s" />}>
      <View {...props} />
    </Suspense>
  )
}
