/** Hands a file to the person: the browser keeps it among the downloads, the desktop application asks where. */
export function saveFile(window: Window): (content: Blob, name: string) => void {
  return (content, name) => {
    const url = URL.createObjectURL(content)
    const link = window.document.createElement('a')
    link.href = url
    link.download = name
    link.click()
    window.setTimeout(() => URL.revokeObjectURL(url), 60_000)
  }
}
