import { useEffect, useRef, useState } from 'react'
import { createJsonEditor, type JsonEditorOptions, type JsonFault } from './createJsonEditor.ts'
import styles from './JsonEditor.module.css'

export type JsonEditorViewProps = Omit<JsonEditorOptions, 'parent' | 'onFault'>

/** A value as text: wrong places are marked, and the first is said with its line and column. */
export function JsonEditorView(props: JsonEditorViewProps) {
  const host = useRef<HTMLDivElement>(null)
  const latest = useRef(props)
  const [fault, setFault] = useState<JsonFault | null>(null)
  useEffect(() => {
    latest.current = props
  })
  useEffect(() => {
    if (host.current === null) return undefined
    return createJsonEditor({
      ...latest.current,
      parent: host.current,
      onChange: (text) => latest.current.onChange(text),
      onSubmit: () => latest.current.onSubmit?.(),
      onCancel: () => latest.current.onCancel?.(),
      onFault: setFault,
    })
  }, [])
  return (
    <div className={styles.editor}>
      <div ref={host} className={styles.text} />
      <p className={styles.fault} role="status">
        {fault !== null && (
          <>
            Line {fault.line}, column {fault.column}: {fault.sentence}
          </>
        )}
      </p>
    </div>
  )
}
