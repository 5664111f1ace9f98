// The rooms that draw the meeting, as the pages see them: the place and the person's body.
import type { Camera, Group, Scene, Vector3, WebGLRenderer } from 'three';
import type { Cue, SpeechStarted } from '../wire/types.gen';
import type { Act, PersonView, StageView, VisitorState } from '../wire/world';

export interface Place extends StageView {
  cue(cue: Cue): void;
  update(dt: number, visitor: VisitorState, person: PersonView | null): readonly Act[];
  readonly veil: number;
  interact(kind: 'point' | 'use', visitor: VisitorState): readonly Act[];
  hints(): readonly string[];
  portraitSources(sources: FamilyThings): void;
}

export interface Body extends PersonView {
  readonly root: Group;
  cue(cue: Cue, stage: StageView): void;
  speechStarted(event: SpeechStarted): void;
  speechAt(clause: number, sample: number): void;
  speechEnded(clause: number): void;
  hush(): void;
  /** What is cued next is as if it had been so for a while. */
  settle(): void;
  listening(speaking: boolean, thinking: boolean): void;
  update(dt: number, visitor: VisitorState, stage: StageView, camera: Camera): readonly Act[];
  measure(): Readonly<Record<string, unknown>>;
}

export interface FamilyThings {
  readonly letter?: string;
  readonly things: { id: string; caption: string; image?: string }[];
  readonly candles: number;
  /** How the portrait is drawn: portrait, painted or light. */
  readonly style: string;
}

interface StageRoom {
  readonly Stage: new (scene: Scene, renderer: WebGLRenderer) => Place;
}

interface PersonRoom {
  readonly PersonBody: { load(vrmUrl: string, motionUrl: string, style: string, renderer: WebGLRenderer): Promise<Body> };
}

const stages = import.meta.glob<StageRoom>('../stage/stage.ts');
const persons = import.meta.glob<PersonRoom>('../person/person.ts');

export async function openPlace(scene: Scene, renderer: WebGLRenderer): Promise<Place> {
  const { Stage } = await only(stages);
  return new Stage(scene, renderer);
}

/** Only after the visitor's own yes (C7): the server gives nothing before it. */
export async function openBody(query: string, style: string, renderer: WebGLRenderer): Promise<Body> {
  const { PersonBody } = await only(persons);
  return PersonBody.load(`/person/likeness.vrm${query}`, `/person/motion.glb${query}`, style, renderer);
}

async function only<Room>(rooms: Record<string, () => Promise<Room>>): Promise<Room> {
  const open = Object.values(rooms)[0];
  if (open === undefined) throw new Error('this build has no such room');
  return open();
}

/** Where a landmark is in the place. */
export function at(person: PersonView | null, name: string, into: Vector3): Vector3 | null {
  return person === null ? null : person.landmark(name, into);
}
