/** What a run without Electron's own program leaves unproved: the double cannot have it. */
export const onlyElectron: readonly string[] = [
  'that the page runs in a sandboxed process of its own (sandbox, contextIsolation)',
  "that Electron's own IPC carries the frames (structured cloning, order, senderFrame)",
  'that the scheme app:// is standard and secure in the browser engine',
  'that will-frame-navigate, window.open and <webview> denials reach the browser engine',
  'that menus, accelerators and dialogs of the operating system show and act',
  'that a second start hands its path to the first (single instance lock)',
  'the fuses and the signature of a packaged application',
]
