/** Version of the application; a test holds it against package.json. */
export const applicationVersion = '0.1.0'
