/** The one Electron IPC name, used in both directions. */
export const ipcName = 'unstuck:frame'
