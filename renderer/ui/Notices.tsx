import { IconButton } from './IconButton.tsx'
import { Icon } from './Icon.tsx'
import { statusLook } from './statusLooks.ts'
import styles from './Notices.module.css'

export type Notice = {
  readonly id: string
  readonly kind: 'done' | 'info' | 'warning' | 'error'
  readonly text: string
  readonly href?: string
}

export type NoticesProps = {
  readonly notices: readonly Notice[]
  readonly onDismiss: (id: string) => void
}

/** What just happened, read out by screen readers. The region is always there, so that additions are announced. */
export function Notices({ notices, onDismiss }: NoticesProps) {
  return (
    <section className={styles.region} aria-live="polite" aria-label="Notices">
      {notices.map((notice) => (
        <div key={notice.id} className={styles.notice} data-tone={statusLook(notice.kind).tone}>
          <Icon name={statusLook(notice.kind).icon} />
          <p className={styles.text}>
            {notice.href === undefined ? (
              notice.text
            ) : (
              <a href={notice.href} onClick={() => onDismiss(notice.id)}>
                {notice.text}
              </a>
            )}
          </p>
          <IconButton icon="close" label="Dismiss" size="s" onClick={() => onDismiss(notice.id)} />
        </div>
      ))}
    </section>
  )
}
