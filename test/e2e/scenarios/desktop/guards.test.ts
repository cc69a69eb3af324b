import { expect, test } from '../../harness/app.ts'

test('a page can neither leave the application nor open a window', async ({ app }) => {
  const page = await app.open(await app.workspace())
  // A page that still loads would stop loading when it is sent elsewhere, whatever the application says.
  await expect(page.getByText('No runs here yet')).toBeVisible()
  const address = page.url()

  await page.evaluate(() => {
    window.location.href = 'https://example.org/'
  })
  await page.evaluate(() => void window.open('https://example.org/'))
  if (app.target === 'electron-double') {
    const url = 'https://example.org/'
    const asked = (): Promise<unknown> | undefined => app.desktop().records?.()
    await expect.poll(asked).toContainEqual({ what: 'will-frame-navigate', url, isPrevented: true })
    await expect.poll(asked).toContainEqual({ what: 'window.open', url, action: 'deny' })
  }
  await expect.poll(() => page.context().pages().length).toBe(1)
  expect(page.url()).toBe(address)
  await expect(page.getByText('No runs here yet')).toBeVisible()
})

test('a message of a foreign sender is refused with an error', async ({ app }) => {
  await app.open(await app.workspace())
  const call = JSON.stringify({ kind: 'call', id: 1, name: 'workspace.get', input: {} })

  const senders = [
    { origin: 'https://example.org' },
    { origin: 'null' },
    { origin: 'app://unstuck.example.org' },
    { origin: 'app://unstuck', parentOrigin: 'app://unstuck' },
  ]
  for (const sender of senders) {
    const answers = await app.desktop().sendForeign(sender, call)
    expect(answers.map(String).join(), JSON.stringify(sender)).toContain('untrusted')
    expect(answers).toHaveLength(1)
  }
  const elsewhere = { origin: 'app://unstuck', isOtherWindow: true }
  expect(await app.desktop().sendForeign(elsewhere, call)).toEqual([])
})

test('nothing but its own files runs in a page', async ({ app }) => {
  const page = await app.open(await app.workspace())

  const found = await page.evaluate(async () => {
    const violations: string[] = []
    document.addEventListener('securitypolicyviolation', (event) =>
      violations.push(event.effectiveDirective),
    )
    const inline = document.createElement('script')
    inline.textContent = 'window.wasInjected = true'
    const frame = document.createElement('iframe')
    frame.src = 'https://example.org/'
    const style = document.createElement('style')
    style.textContent = 'body { display: none }'
    document.body.append(inline, frame, style)
    await fetch('https://example.org/').catch(() => null)
    // They are told behind what caused them.
    while (violations.length < 4) await new Promise((resolve) => setTimeout(resolve, 20))
    return { violations: violations.toSorted(), injected: 'wasInjected' in window }
  })

  expect(found).toEqual({
    violations: ['connect-src', 'frame-src', 'script-src-elem', 'style-src-elem'],
    injected: false,
  })
})

test('[T163] [T167] the pipe is all that a page gets of the desktop', async ({ app }) => {
  const page = await app.open(await app.workspace('R&D \u202Eexe'))

  const given = await page.evaluate(() => ({
    pipe: Object.keys((window as { unstuck?: object }).unstuck ?? {}),
    names: ['require', 'process', 'module', 'Buffer', 'ipcRenderer'].filter(
      (name) => name in window,
    ),
  }))

  expect(given).toEqual({ pipe: ['send', 'onFrame'], names: [] })

  const { records, askPermission } = app.desktop()
  if (records === undefined || askPermission === undefined) return // Electron itself has been asked
  await test.step('[T163] and Electron is asked for no more than its checklist allows', async () => {
    const asked = await records()
    expect(asked.find(({ what }) => what === 'BrowserWindow')?.['options']).toMatchObject({
      webPreferences: {
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        webviewTag: false,
      },
    })
    expect(JSON.stringify(asked)).not.toMatch(
      /nodeIntegrationInWorker|allowRunningInsecureContent|experimentalFeatures|enableBlinkFeatures|bypassCSP|shell\.openExternal/,
    )
    expect(asked).toContainEqual({
      what: 'protocol.registerSchemesAsPrivileged',
      schemes: [
        { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
      ],
    })
    expect(asked).toContainEqual({
      what: 'session.setDevicePermissionHandler',
      isGranted: false,
    })
    expect(asked).toContainEqual({ what: 'app.enableSandbox' })
  })

  await test.step('[T167] the menu and the title show what a name hides', async () => {
    const menus = (await records()).filter(({ what }) => what === 'Menu.setApplicationMenu')
    expect(String(menus.at(-1)?.['all'])).toContain('/R&&D ⟨RLO⟩exe,')
    await expect(page).toHaveTitle('All runs – R&D ⟨RLO⟩exe – Unstuck')
    await app.desktop().startSecondInstance('/no/such/\u202Efolder')
    const said = async () => JSON.stringify(await records())
    await expect.poll(said).toContain('/no/such/⟨RLO⟩folder could not be opened.')
    expect(await said()).not.toContain('/no/such/\u202Efolder could')
  })

  await test.step('[T163] a page gets two harmless permissions, another address none', async () => {
    const denied = { requested: false, checked: false }
    const all = await Promise.all(permissions.map((one) => askPermission(one, 'app://unstuck/')))
    expect(permissions.filter((_, index) => all[index]?.requested || all[index]?.checked)).toEqual([
      'clipboard-sanitized-write',
      'notifications',
    ])
    for (const url of ['https://example.org/', 'app://elsewhere/', 'null', ''])
      expect(await askPermission('notifications', url), url).toEqual(denied)
  })
})

/** Everything that Electron knows to ask for. */
const permissions = [
  'clipboard-read clipboard-sanitized-write deprecated-sync-clipboard-read',
  'display-capture fileSystem fullscreen geolocation hid idle-detection keyboardLock',
  'media mediaKeySystem midi midiSysex notifications openExternal pointerLock serial',
  'speaker-selection storage-access top-level-storage-access unknown usb',
  'window-management',
].flatMap((line) => line.split(' '))

test('the scheme serves the screens and nothing beside them', async ({ app }) => {
  await app.open(await app.workspace())
  const status = async (url: string): Promise<number> => (await app.desktop().fetchOwn(url)).status

  const index = await app.desktop().fetchOwn('app://unstuck/index.html')
  expect(index.status).toBe(200)
  expect(index.policy).toContain("default-src 'none'")
  expect(index.policy).not.toContain('unsafe')
  expect(await status('app://unstuck/')).toBe(200)
  expect(await status('app://unstuck/..%2fmain%2fmain.js')).toBe(404)
  expect(await status('app://unstuck/%2e%2e/main/main.js')).toBe(404)
  expect(await status('app://unstuck/..%5cmain%5cmain.js')).toBe(404)
  expect(await status('app://unstuck/%00index.html')).toBe(404)
  expect(await status('app://unstuck/%zz.html')).toBe(404)
  expect(await status('app://elsewhere/index.html')).toBe(403)
})
