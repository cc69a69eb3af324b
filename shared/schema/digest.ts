/** Lower-case hex SHA-256 of a text's UTF-8 bytes. Handed in, because the core has no Node and no DOM. */
export type Sha256 = (text: string) => string
