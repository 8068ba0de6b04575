// Who this browser asks as.
import { ask } from './client';

export type Right = 'read' | 'command' | 'reveal' | 'review' | 'operate';

export interface Me {
  /** False where the server knows no identities: nobody is asked who they are. */
  checked: boolean;
  /** Absent: nobody has signed in. */
  id?: string;
  actor?: string;
  department_id?: string;
  roles: string[];
  rights: Right[];
}

export const getMe = () => ask<Me>('/v1/me');
export const signIn = (token: string) => ask<Me>('/v1/session', { method: 'POST', token });
export const signOut = () => ask<Me>('/v1/session', { method: 'DELETE' });
