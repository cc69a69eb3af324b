import { useState } from 'react'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import { encodeRoute, runRoute } from '../../state/route.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './RunsInDocument.module.css'

/** The runs of a document that holds many: each opens by itself. */
export function RunsInDocument({ detail }: { readonly detail: RunDetail }) {
  const [text, setText] = useState('')
  const items = detail.foreign?.items ?? []
  const wanted = text.trim().toLowerCase()
  const found = items.filter(({ label }) => label.toLowerCase().includes(wanted))
  const route = runRoute(detail.ref.document, detail.ref.format)
  return (
    <div className={styles.runs}>
      <TextField
        label="Find a run in this document"
        type="search"
        value={text}
        onChange={setText}
      />
      {items.length >= mostItems && (
        <p>
          {`The first ${mostItems} are shown. Any other opens by its name: `}
          <code>{`unstuck show ${detail.ref.document}#RUN`}</code>
        </p>
      )}
      {found.length === 0 ? (
        <EmptyState icon="search" title="No run in it is called so">
          Its name or the word for its status has to hold the text.
        </EmptyState>
      ) : (
        <nav aria-label="Runs of the document">
          <ul className={styles.list}>
            {found.map(({ item, label }) => (
              <li key={item}>
                <a href={encodeRoute({ ...route, item })}>{label}</a>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </div>
  )
}

/** So many are told with a document. */
const mostItems = 500
