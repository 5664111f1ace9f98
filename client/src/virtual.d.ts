/** The address of the worker that opens packed pictures; `vite.config.ts` puts it together when the client is built. */
declare module 'virtual:unpacking' {
  const url: string;
  export default url;
}
