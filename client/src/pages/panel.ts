// Words to be read in a headset come in; a low, warm panel that follows the eyes lazily goes out (X3).
import { CanvasTexture, Mesh, MeshBasicMaterial, PlaneGeometry, SRGBColorSpace, Vector3 } from 'three';
import type { VisitorState } from '../wire/world';
import type { CaptionLine } from './captions';

const WIDTH_M = 0.66;
const HEIGHT_M = 0.17;
const PIXELS = 1024;
const ROWS = 4;
const ROW_PX = 60;
const AWAY_M = 0.95;
const LOW_RAD = 0.345; // under the horizon
const UNDER_FACE_RAD = 0.25; // never over her face
const LOWEST_RAD = 1.25;
const NEAREST_M = 0.5;
const LAZY_RAD = 0.45;
const SETTLED_RAD = 0.04;
const UP = new Vector3(0, 1, 0);

/** Which way the panel lies: it stays until the eyes are well past it, then comes to the middle of where they look. */
export class LazyYaw {
  #coming = false;

  constructor(public yaw: number) {}

  follow(gazeYaw: number, dt: number): number {
    const apart = Math.atan2(Math.sin(gazeYaw - this.yaw), Math.cos(gazeYaw - this.yaw));
    if (Math.abs(apart) > LAZY_RAD) this.#coming = true;
    if (Math.abs(apart) < SETTLED_RAD) this.#coming = false;
    if (this.#coming) this.yaw += apart * Math.min(1, dt * 2.5);
    return this.yaw;
  }
}

/** How far under the horizon the words are read, radians, and how far away, metres: below her face, and not behind her. */
export function placeOfWords(head: Vector3, face: Vector3 | null): { readonly down: number; readonly away: number } {
  if (face === null) return { down: LOW_RAD, away: AWAY_M };
  const flat = Math.hypot(face.x - head.x, face.z - head.z);
  const down = Math.atan2(head.y - face.y, flat) + UNDER_FACE_RAD;
  return { down: Math.min(LOWEST_RAD, Math.max(LOW_RAD, down)), away: Math.max(NEAREST_M, Math.min(AWAY_M, face.distanceTo(head) * 0.88)) };
}

export class Panel {
  readonly mesh: Mesh<PlaneGeometry, MeshBasicMaterial>;
  readonly #pen: CanvasRenderingContext2D;
  readonly #texture: CanvasTexture;
  readonly #lazy = new LazyYaw(Math.PI);
  #opacity = 0;
  #down = LOW_RAD;
  #away = AWAY_M;
  #drawn = '';

  constructor() {
    const canvas = document.createElement('canvas');
    canvas.width = PIXELS;
    canvas.height = Math.round((PIXELS * HEIGHT_M) / WIDTH_M);
    this.#pen = canvas.getContext('2d')!;
    this.#texture = new CanvasTexture(canvas);
    this.#texture.colorSpace = SRGBColorSpace;
    const material = new MeshBasicMaterial({
      map: this.#texture,
      transparent: true,
      depthTest: false,
      depthWrite: false,
      toneMapped: false,
      fog: false,
    });
    this.mesh = new Mesh(new PlaneGeometry(WIDTH_M, HEIGHT_M), material);
    this.mesh.renderOrder = 1000;
    this.mesh.frustumCulled = false;
  }

  /** `face`: her mouth, where she is seen. */
  update(dt: number, visitor: VisitorState, lines: readonly CaptionLine[], face: Vector3 | null): void {
    const wanted = lines.length > 0 ? 1 : 0;
    this.#opacity += (wanted - this.#opacity) * Math.min(1, dt * 4);
    this.mesh.visible = visitor.immersive && this.#opacity > 0.01;
    if (!this.mesh.visible) return;
    if (lines.length > 0) this.#draw(lines.slice(-2));
    this.mesh.material.opacity = this.#opacity;
    const gazeYaw = Math.atan2(visitor.gaze.x, visitor.gaze.z);
    if (this.#opacity < 0.15) this.#lazy.yaw = gazeYaw; // it appears where they look
    const yaw = this.#lazy.follow(gazeYaw, dt);
    const place = placeOfWords(visitor.head, face);
    const share = this.#opacity < 0.15 ? 1 : Math.min(1, dt * 2);
    this.#down += (place.down - this.#down) * share;
    this.#away += (place.away - this.#away) * share;
    const flat = Math.cos(this.#down) * this.#away;
    this.mesh.position.set(Math.sin(yaw) * flat, -Math.sin(this.#down) * this.#away, Math.cos(yaw) * flat).add(visitor.head);
    this.mesh.quaternion.setFromAxisAngle(UP, yaw + Math.PI);
    this.mesh.rotateX(-this.#down);
    this.mesh.scale.setScalar(this.#away / AWAY_M);
  }

  #draw(lines: readonly CaptionLine[]): void {
    const key = lines.map((line) => line.who + line.text).join('\n');
    if (key === this.#drawn) return;
    this.#drawn = key;
    const pen = this.#pen;
    const { width, height } = pen.canvas;
    pen.clearRect(0, 0, width, height);
    const rows = lines.flatMap((line) => this.#rows(line, width - 110)).slice(-ROWS);
    const top = height - rows.length * ROW_PX - 22;
    const widest = Math.max(...rows.map((row) => row.width));
    pen.fillStyle = 'rgba(46, 34, 26, 0.55)';
    pen.beginPath();
    pen.roundRect((width - widest) / 2 - 40, top - 8, widest + 80, height - top, 30);
    pen.fill();
    pen.textAlign = 'center';
    rows.forEach((row, n) => {
      pen.font = row.font;
      pen.fillStyle = row.colour;
      pen.fillText(row.text, width / 2, top + 46 + n * ROW_PX);
    });
    this.#texture.needsUpdate = true;
  }

  #rows(line: CaptionLine, width: number) {
    const pen = this.#pen;
    const font = `${line.who === 'visitor' ? 'italic ' : ''}46px Georgia, "Noto Serif", serif`;
    const colour = line.who === 'visitor' ? '#e0cdb4' : '#fff3df';
    pen.font = font;
    const rows: { text: string; font: string; colour: string; width: number }[] = [];
    const end = (text: string) => rows.push({ text, font, colour, width: pen.measureText(text).width });
    let row = '';
    for (const word of (line.name ? `${line.name}: ${line.text}` : line.text).split(/\s+/)) {
      const longer = row === '' ? word : `${row} ${word}`;
      if (row !== '' && pen.measureText(longer).width > width) {
        end(row);
        row = word;
      } else row = longer;
    }
    end(row);
    return rows;
  }
}
