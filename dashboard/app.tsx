import { useEffect, useState } from 'preact/hooks';
import { forgetSession, keepSession, linkedSession, ownBaseUrl, type Session, storedSession } from './session.ts';
import { AccountPage } from './view/account-page.tsx';
import { SignIn } from './view/sign-in.tsx';

/** The session of a link. It is removed from the address at once, because keys do not belong in a history. */
function takeLinkedSession(): Session | undefined {
  const linked = linkedSession(location.hash, location.origin);
  if (linked !== undefined) history.replaceState(null, '', location.pathname + location.search);
  return linked;
}

export function App() {
  const [linked, setLinked] = useState(takeLinkedSession);
  const [session, setSession] = useState(linked === undefined ? storedSession(sessionStorage) : undefined);
  const [refused, setRefused] = useState(false);

  useEffect(() => {
    const follow = () => {
      const followed = takeLinkedSession();
      if (followed === undefined) return;
      setLinked(followed);
      setSession(undefined);
    };
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);

  const enter = (entered: Session) => {
    keepSession(sessionStorage, entered);
    setRefused(false);
    setSession(entered);
  };
  const leave = (wasRefused: boolean) => {
    forgetSession(sessionStorage);
    setRefused(wasRefused);
    setSession(undefined);
  };

  if (session !== undefined) return <AccountPage session={session} onLeave={leave} />;
  return (
    <SignIn
      key={linked?.apiKey}
      suggested={linked ?? { baseUrl: ownBaseUrl(location.origin), apiKey: '' }}
      isLinked={linked !== undefined}
      wasRefused={refused}
      onEnter={enter}
    />
  );
}
