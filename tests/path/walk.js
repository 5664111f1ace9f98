// Runs in the visitor's page (?clock=manual): the head and hands of somebody in an emulated headset, led no faster than people move.
// Places are in the stage's frame, metres. A place is [x, y, z], or a name: "palm_r" (of hers), "prop:letter", or {of, plus: [x, y, z]}.
(() => {
  const DT = 0.1;
  const HANDS_M_S = 0.7;
  const HEAD_M_S = 0.6;
  const TURN_RAD_S = 1.6;
  const THERE_M = 0.008;
  const meeting = window.meetagain;
  const floor = { head: [0, 1.6, 0], left: null, right: null }; // as the headset knows it
  const pinch = { left: false, right: false };
  const palmOff = { left: [0, 0, 0], right: [0, 0, 0] };
  let yaw = 0;
  let nod = 0;

  const add = (a, b) => a.map((one, n) => one + b[n]);
  const sub = (a, b) => a.map((one, n) => one - b[n]);
  const far = (a) => Math.hypot(...a);
  const turned = ([x, y, z], by) => [x * Math.cos(by) + z * Math.sin(by), y, z * Math.cos(by) - x * Math.sin(by)];
  const quaternion = () => {
    const [sy, cy, sx, cx] = [Math.sin(yaw / 2), Math.cos(yaw / 2), Math.sin(nod / 2), Math.cos(nod / 2)];
    return [cy * sx, sy * cx, -sy * sx, cy * cx];
  };

  function put() {
    meeting.emulated.setHead([...floor.head, ...quaternion()]);
    for (const side of ['left', 'right']) {
      const palm = floor[side];
      const pose = palm && [...sub(palm, turned(palmOff[side], yaw)), 0, Math.sin(yaw / 2), 0, Math.cos(yaw / 2)];
      meeting.emulated.setHand(side, pose, { pinch: pinch[side] });
    }
  }

  function place(of) {
    if (of === null || Array.isArray(of)) return of;
    if (typeof of === 'object') {
      const found = place(of.of);
      return found && add(found, of.plus);
    }
    return of.startsWith('prop:') ? (meeting.prop(of.slice(5))?.at ?? null) : meeting.landmark(of);
  }

  function toward(from, to, most) {
    const way = sub(to, from);
    const long = far(way);
    return long <= most ? [...to] : add(from, way.map((one) => (one * most) / long));
  }

  function look(at, dt) {
    const [x, y, z] = sub(meeting.onFloor(at), floor.head);
    const wanted = Math.atan2(-x, -z);
    const apart = Math.atan2(Math.sin(wanted - yaw), Math.cos(wanted - yaw));
    const up = Math.max(-1.2, Math.min(1.2, Math.atan2(y, Math.hypot(x, z))));
    yaw += Math.max(-TURN_RAD_S * dt, Math.min(TURN_RAD_S * dt, apart));
    nod += Math.max(-TURN_RAD_S * dt, Math.min(TURN_RAD_S * dt, up - nod));
    return Math.abs(apart) < 0.04 && Math.abs(up - nod) < 0.04;
  }

  window.walk = {
    /** How a palm lies beside its wrist: asked of the page once. */
    async begin() {
      floor.left = [-0.22, 1.0, -0.25];
      floor.right = [0.22, 1.0, -0.25];
      put();
      await meeting.step(DT);
      const state = meeting.state();
      for (const side of ['left', 'right']) palmOff[side] = sub(meeting.onFloor(state[side]), floor[side]);
      put();
    },
    async pass(seconds, dt = DT) {
      for (let t = 0; t < seconds - 1e-6; t += dt) await meeting.step(dt);
    },
    /** Head, eyes and hands go to their places and follow them; true when all are there. `speed` is of the hands. */
    async go(wants, most = 5, speed = HANDS_M_S) {
      for (let t = 0; t < most; t += DT) {
        let there = true;
        for (const [part, of] of Object.entries(wants)) {
          const at = place(of);
          if (at === null) continue;
          if (part === 'look') there = look(at, DT) && there;
          else {
            const to = meeting.onFloor(at);
            floor[part] = toward(floor[part] ?? [0, 1, -0.2], to, (part === 'head' ? HEAD_M_S : speed) * DT);
            there = far(sub(floor[part], to)) < THERE_M && there;
          }
        }
        put();
        await meeting.step(DT);
        if (there) return true;
      }
      return false;
    },
    /** The hands hang down again, the head comes up. */
    async rest() {
      const side = (x) => add([floor.head[0], 1.0, floor.head[2]], turned([x, 0, -0.25], yaw));
      for (let n = 0; n < 12; n += 1) {
        floor.left = toward(floor.left, side(-0.22), HANDS_M_S * DT);
        floor.right = toward(floor.right, side(0.22), HANDS_M_S * DT);
        floor.head = toward(floor.head, [floor.head[0], 1.6, floor.head[2]], HEAD_M_S * DT);
        put();
        await meeting.step(DT);
      }
    },
    /** Back to the middle of the floor, on one's own feet. */
    async home() {
      for (let n = 0; n < 25 && far(sub(floor.head, [0, 1.6, 0])) > 0.02; n += 1) {
        floor.head = toward(floor.head, [0, 1.6, 0], HEAD_M_S * DT);
        put();
        await meeting.step(DT);
      }
    },
    async pinch(side, on) {
      pinch[side] = on;
      put();
      for (let n = 0; n < 2; n += 1) await meeting.step(DT);
    },
  };
})();
