import { app, session } from 'electron';
import { isAppUrl, mayLoad, mayUse } from './navigation.ts';

/** Before the app is ready: no process of it resolves a name or talks to the network. */
export function forbidNetwork(): void {
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.commandLine.appendSwitch('disable-background-networking');
  app.enableSandbox();
}

/** Every page, present and future: no permissions but to copy text, no foreign addresses, no other windows, no embedded pages. */
export function hardenContents(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler(
    (_contents, permission, answer, { requestingUrl, isMainFrame }) =>
      answer(isMainFrame && mayUse(permission, requestingUrl)),
  );
  defaultSession.setPermissionCheckHandler(
    (_contents, permission, origin, { isMainFrame }) => isMainFrame && mayUse(permission, origin),
  );
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.setSpellCheckerEnabled(false);
  defaultSession.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !mayLoad(details.url) }));
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => {
      if (!isAppUrl(event.url)) event.preventDefault();
    });
    contents.on('will-frame-navigate', (event) => {
      if (!isAppUrl(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => {
      if (!isAppUrl(event.url)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    // WebRTC passes by the content policy and by onBeforeRequest: without a proxy, and there is none, it gets no socket.
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  });
}
