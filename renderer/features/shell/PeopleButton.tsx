import { useState } from 'react'
import { useStore } from 'zustand'
import { useStores } from '../../state/StoresProvider.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { SinceText } from '../../ui/SinceText.tsx'
import styles from './PeopleButton.module.css'

/** Who is connected to this host, and under which name one's own changes are noted. Not shown where nobody else can be. */
export function PeopleButton() {
  const { facts, name, setName } = useStore(useStores().connection)
  const [isOpen, setIsOpen] = useState(false)
  const [text, setText] = useState<string | null>(null)
  if (facts === null || !facts.isRemote) return null
  const { total, shown } = facts.people
  const close = () => {
    if (text !== null) setName(text)
    setText(null)
    setIsOpen(false)
  }
  return (
    <>
      <IconButton icon="people" label={`People: ${total}`} onClick={() => setIsOpen(true)} />
      <Dialog
        open={isOpen}
        title={`People on ${facts.hostName}`}
        size="s"
        onClose={close}
        footer={
          <Button variant="primary" onClick={close}>
            Done
          </Button>
        }
      >
        <div className={styles.body}>
          <TextField
            label="Your name"
            value={text ?? name ?? ''}
            onChange={setText}
            hint={`${sayWho((text ?? name ?? '').trim(), facts.user)} The host does not prove names.`}
          />
          <ul className={styles.people} aria-label="Connected now">
            {shown.map((person, index) => (
              // They have no identity but their place: two may have one name.
              // oxlint-disable-next-line react/no-array-index-key
              <li key={index}>
                <bdi>{person.name ?? 'no name'}</bdi>
                {person.isYou && ' (you)'}, since <SinceText at={person.since} />
              </li>
            ))}
          </ul>
          {total > shown.length && <p>and {total - shown.length} more</p>}
        </div>
      </Dialog>
    </>
  )
}

function sayWho(name: string, account: string): string {
  if (name === '') return `The operations say “${account}”; with a name, “Ada via ${account}”.`
  return `The operations say “${name} via ${account}”.`
}
