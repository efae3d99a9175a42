/** What the hidden window gets its port on; in the preload and in the page the same word. */
export const ENGINE_CHANNEL = 'steadypen-engine-port';
