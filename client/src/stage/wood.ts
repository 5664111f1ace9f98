// Nothing comes in but the place; the woodpile by the hide tree and a small tower of stones go out.
import { CylinderGeometry, DodecahedronGeometry, Mesh } from 'three';
import type { Chance } from '../wire/chance';
import type { Air } from './air';
import { HIDE_TREE, PICNIC } from './anchors';
import { at, type Paint, Shape } from './shape';

const LOG_M = 0.62;

/** Logs in rows, their cut ends towards the visitor. */
export function makeWoodpile(air: Air, chance: Chance): Mesh {
  const shape = new Shape();
  for (let row = 0; row < 5; row++) {
    const many = 7 - row;
    for (let i = 0; i < many; i++) {
      const r = chance.between(0.066, 0.083);
      const x = (i - (many - 1) / 2) * 0.158 + chance.between(-0.008, 0.008);
      const y = 0.08 + row * 0.137;
      const long = LOG_M * chance.between(0.92, 1.06);
      const shade = chance.between(0.86, 1.08);
      const paint: Paint = (out, p, n) => {
        if (Math.abs(n.z) > 0.7) {
          const rings = 0.9 + 0.1 * Math.sin(Math.hypot(p.x - x, (p.y - y) * 1.05) * 260 + row);
          const rim = Math.hypot(p.x - x, p.y - y) > r * 0.86 ? 0.55 : 1;
          out.set(0xe3c08c).multiplyScalar(rings * rim * shade);
        } else out.set(0x8f7660).multiplyScalar(shade * (0.6 + 0.34 * Math.max(0, n.y) + 0.1 * Math.sin(Math.atan2(p.y - y, p.x - x) * 9)));
      };
      const log = new CylinderGeometry(r, r * 0.97, long, 15, 1);
      shape.add(log, paint, at(x, y, chance.between(-0.03, 0.03), [Math.PI / 2, chance.next() * 3, 0]));
    }
  }
  const mesh = new Mesh(shape.build(), air.painted({}, { grain: 0.9 }));
  mesh.castShadow = mesh.receiveShadow = true;
  mesh.position.set(HIDE_TREE.x - 0.98, 0, HIDE_TREE.z + 0.28);
  mesh.rotation.y = 0.3;
  return mesh;
}

/** Five flat stones, one on the other. */
export function makeStones(air: Air, chance: Chance): Mesh {
  const shape = new Shape();
  let y = 0.03;
  for (let i = 0; i < 5; i++) {
    const r = 0.11 - i * 0.017;
    const flat = r * 0.42;
    const stone = new DodecahedronGeometry(r, 2);
    const places = stone.getAttribute('position');
    for (let k = 0; k < places.count; k++) {
      const bump = 1 + 0.07 * Math.sin(places.getX(k) * 50 + i) * Math.sin(places.getZ(k) * 44);
      places.setXYZ(k, places.getX(k) * bump, places.getY(k) * 0.42, places.getZ(k) * bump * 0.9);
    }
    stone.computeVertexNormals();
    y += flat * 0.82;
    shape.add(
      stone,
      [0x9c9a92, 0xb0a392, 0x8f9394, 0xbfae99, 0xa5a29b][i]!,
      at(chance.between(-0.008, 0.008), y, chance.between(-0.008, 0.008), [0, chance.next() * 3, chance.between(-0.05, 0.05)]),
    );
    y += flat * 0.9;
  }
  const mesh = new Mesh(shape.build(), air.painted({}, { grain: 0.9 }));
  mesh.castShadow = mesh.receiveShadow = true;
  mesh.position.set(PICNIC.x - 1.25, -0.02, PICNIC.z + 0.35);
  return mesh;
}
