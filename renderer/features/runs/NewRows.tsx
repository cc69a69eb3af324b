import { useStores } from '../../state/StoresProvider.tsx'
import { formatCount } from '../../ui/formatCount.ts'
import { useShortcut } from '../../ui/useShortcut.ts'
import styles from './RunsHeader.module.css'

export type NewRowsProps = { readonly count: number }

/** Rows that wait to be let in, so that nothing moves while the list is read. A reader is told of them, politely. */
export function NewRows({ count }: NewRowsProps) {
  const { runs, notices } = useStores()
  const show = () => {
    // The button goes away with what it stood for: the focus goes to the list.
    document.querySelector<HTMLElement>('[role="grid"]')?.focus()
    void runs.getState().showNew()
  }
  useShortcut('.', () => {
    if (count > 0) show()
    else notices.getState().notify('info', 'No new rows wait.')
  })
  return (
    <span role="status">
      {count > 0 && (
        <button
          type="button"
          className={styles.pill}
          aria-keyshortcuts="."
          title="Show them at their places (.)"
          onClick={show}
        >
          {`${formatCount(count)} new`}
        </button>
      )}
    </span>
  )
}
