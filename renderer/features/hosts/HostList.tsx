import type { KnownHost } from '../../../shared/contract/hosts.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { TimeText } from '../../ui/TimeText.tsx'
import styles from './HostsPage.module.css'

export type HostListProps = {
  readonly hosts: readonly KnownHost[]
  /** The address that is being dialled; null: none. */
  readonly connecting: string | null
  readonly onConnect: (address: string) => void
  readonly onForget: (address: string) => void
}

export function HostList({ hosts, connecting, onConnect, onForget }: HostListProps) {
  if (hosts.length === 0) return <p className={styles.note}>No host is known yet.</p>
  return (
    <ul className={styles.hosts} aria-label="Known hosts">
      {hosts.map((host) => (
        <li key={host.address} className={styles.host}>
          <Icon name={icons[host.state]} />
          <div className={styles.text}>
            <bdi>{host.hostName ?? host.address}</bdi>
            {host.workspace !== null && (
              <>
                : <bdi>{host.workspace}</bdi>
              </>
            )}
            <div className={styles.note}>
              {host.address}, {words[host.state]}
              {host.connectedAt !== null && (
                <>
                  , connected <TimeText at={host.connectedAt} />
                </>
              )}
              {!host.hasToken && ', its token is not kept'}
            </div>
          </div>
          <Button
            size="s"
            disabled={host.state === 'connected' || !host.hasToken}
            title={host.hasToken ? undefined : 'Give its address with the token below.'}
            busy={connecting === host.address}
            onClick={() => onConnect(host.address)}
          >
            Connect
          </Button>
          <Button size="s" icon="trash" onClick={() => onForget(host.address)}>
            Forget
          </Button>
        </li>
      ))}
    </ul>
  )
}

const words = {
  connected: 'shown here',
  answers: 'answers',
  silent: 'does not answer',
} as const satisfies Record<KnownHost['state'], string>

const icons = {
  connected: 'checkCircle',
  answers: 'circle',
  silent: 'cross',
} as const satisfies Record<KnownHost['state'], string>
