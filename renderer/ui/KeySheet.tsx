import { Dialog } from './Dialog.tsx'
import styles from './KeySheet.module.css'

export type KeyGroup = {
  readonly title: string
  readonly keys: readonly { readonly keys: readonly string[]; readonly does: string }[]
}

export type KeySheetProps = {
  readonly open: boolean
  readonly groups: readonly KeyGroup[]
  readonly onClose: () => void
}

export function KeySheet({ open, groups, onClose }: KeySheetProps) {
  return (
    <Dialog open={open} title="Keys" onClose={onClose} size="l">
      {/* It holds no control and may be longer than the window: the keyboard scrolls what has the focus. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={styles.groups} role="group" aria-label="All keys" tabIndex={0}>
        {groups.map((group) => (
          <section key={group.title}>
            <h3 className={styles.title}>{group.title}</h3>
            <dl className={styles.list}>
              {group.keys.map((row) => (
                <div key={row.does} className={styles.row}>
                  <dt>
                    {row.keys.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>{row.does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
