#!/usr/bin/python3
"""A robot for the Rt1 runtime, written from docs/protocol.md alone: a point that goes where it is told.

    scripts/robot_example.py --endpoint tcp://127.0.0.1:5555

Needs pyzmq (Debian: python3-zmq). Replace PointRobot by your hardware; Link is all of the protocol's robot side but CURVE.
"""
import argparse
import hashlib
import hmac
import json
import math
import secrets
import struct
import sys
import time

import zmq

PROTOCOL = 1
MAC_BYTES = 32
LEASE_US, LATE_TOLERANCE_US = 2_000_000, 20_000
PERIOD_RANGE_US, MAX_TIME_TO_LIVE_US = (50_000, 1_000_000), 2_000_000
LIMITS = {"max_translation": 0.1, "max_rotation": 0.5, "max_base_translation": 0.25, "max_base_rotation": 0.5}
FIELDS = {"world_vector": 3, "rotation_delta": 3, "gripper_closedness_action": 1,
          "base_displacement_vertical_rotation": 1, "base_displacement_vector": 2}
TERMINATE, ARM, BASE = ([1, 0, 0], [0, 1, 0], [0, 0, 1])


def clock_us():
    return time.monotonic_ns() // 1000


def shorten(vector, limit):
    length = math.hypot(*vector)
    return vector if length <= limit else [v * limit / length for v in vector]


def turned(q, roll_pitch_yaw):
    """The quaternion x, y, z, w after Rz(yaw)·Ry(pitch)·Rx(roll), about the base frame's fixed axes."""
    for axis, angle in enumerate(roll_pitch_yaw):
        w, (x, y, z) = math.cos(angle / 2), [math.sin(angle / 2) if i == axis else 0.0 for i in range(3)]
        a, b, c, d = q
        q = [w * a + x * d + y * c - z * b, w * b - x * c + y * d + z * a, w * c + x * b - y * a + z * d, w * d - x * a - y * b - z * c]
    return q


class PointRobot:
    """Moves without inertia: every motion is a straight line in time."""

    description = {"name": "point", "embodiment": "point", "image_height": 48, "image_width": 64, "frame_rate_hz": 30.0,
                   "has_base": True, "limits": LIMITS}

    def __init__(self):
        self.position, self.orientation, self.closedness, self.base = [0.4, 0.0, 0.3], [0, 0, 0, 1], 0.0, [0.0, 0.0, 0.0]
        self.pending = []    # (action, start, period): those that wait for their start, in the order of their arrival
        self.motion = None   # (action, start, period, pose at the start): the one under way

    def move(self, action, start, period):
        self.pending.append((action, start, period))

    def stop(self):
        self.update(clock_us())
        self.pending, self.motion = [], None

    def update(self, now):
        """Brings the pose to the present."""
        while self.pending and now >= self.pending[0][1]:
            action, start, period = self.pending.pop(0)
            self.follow(start)
            self.motion = (action, start, period, (self.position, self.orientation, self.base))
        self.follow(now)

    def follow(self, now):
        if not self.motion:
            return
        action, start, period, (position, orientation, base) = self.motion
        part = min(1.0, (now - start) / period)
        if action["terminate_episode"] == ARM:
            self.position = [p + part * d for p, d in zip(position, action["world_vector"])]
            self.orientation = turned(orientation, [part * r for r in action["rotation_delta"]])
            if abs(action["gripper_closedness_action"][0]) >= 0.1:
                self.closedness = 1.0 if action["gripper_closedness_action"][0] > 0 else 0.0
        else:
            (x, y, yaw), (forward, left) = base, [part * d for d in action["base_displacement_vector"]]
            self.base = [x + forward * math.cos(yaw) - left * math.sin(yaw), y + forward * math.sin(yaw) + left * math.cos(yaw),
                         yaw + part * action["base_displacement_vertical_rotation"][0]]
        if part == 1.0:
            self.motion = None

    def state(self):
        now = clock_us()
        self.update(now)
        return {"measured_at_us": now, "end_effector_position": self.position, "end_effector_orientation": self.orientation,
                "gripper_closedness": self.closedness, "base_pose": self.base, "joint_positions": [],
                "is_moving": self.motion is not None}

    def image(self):
        """A dark picture with a bright dot at the end effector's x and y."""
        height, width = self.description["image_height"], self.description["image_width"]
        column = min(width - 1, max(0, int(width * (0.5 - self.position[1]))))
        row = min(height - 1, max(0, int(height * (1.0 - self.position[0]))))
        pixels = bytearray(b"\x20" * (height * width * 3))
        dot = (row * width + column) * 3
        pixels[dot:dot + 3] = b"\xff\xff\xff"
        return bytes(pixels)


class Refusal(Exception):
    def __init__(self, code, reason, **more):
        self.reply = {"type": "refused", "code": code, "reason": reason, **more}


class Link:
    """The robot's side of the protocol, without sockets: bytes in, bytes out, and a deadline to keep."""

    def __init__(self, robot, key, frames_port):
        self.robot, self.key, self.frames_port = robot, key, frames_port
        self.session = self.owner = self.emergency = self.command_expires = None
        self.lease_expires = self.last_sequence = 0

    def seal(self, body):
        return body if self.key is None else hmac.new(self.key, body, hashlib.sha256).digest() + body

    def answer(self, parts):
        self.tick()
        request_id = 0
        try:
            request = self.read(parts)
            request_id = request.get("id", 0)
            reply = self.handle(request)
        except Refusal as refusal:
            reply = refusal.reply
        except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError) as fault:
            reply = Refusal("malformed", f"{type(fault).__name__}: {fault}").reply
        reply = {**reply, "id": request_id if isinstance(request_id, int) else 0, "clock_us": clock_us()}
        return self.seal(json.dumps(reply).encode())

    def frame(self, sequence):
        header = json.dumps({"sequence": sequence, "captured_at_us": clock_us(), "height": self.robot.description["image_height"],
                             "width": self.robot.description["image_width"], "encoding": "rgb8", "state": self.state()}).encode()
        return self.seal(struct.pack("<I", len(header)) + header + self.robot.image())

    def tick(self):
        """The duty that matters most: stop when nobody says to go on."""
        now = clock_us()
        if self.command_expires and now >= self.command_expires:
            self.stop("no command came within the last one's time to live")
        if self.session and now >= self.lease_expires:
            self.end_session(f"the lease of '{self.owner}' ran out")

    def stop(self, reason):
        self.robot.stop()
        self.command_expires = None
        print(f"stopped: {reason}", flush=True)

    def state(self):
        return {**self.robot.state(), "is_emergency_stopped": self.emergency is not None}

    def read(self, parts):
        if len(parts) != 1:
            raise Refusal("malformed", f"a message is one frame, got {len(parts)}.")
        body = parts[0]
        if self.key is not None:
            mac, body = body[:MAC_BYTES], body[MAC_BYTES:]
            if not hmac.compare_digest(mac, hmac.new(self.key, body, hashlib.sha256).digest()):
                raise Refusal("bad_mac", "the message does not carry the shared key's MAC.")
        request = json.loads(body.decode())
        if not isinstance(request, dict):
            raise Refusal("malformed", "a message is a JSON object.")
        return request

    def handle(self, request):
        kind = request["type"]
        if kind == "hello":
            return self.welcome(request)
        if kind == "state":
            return {"type": "state", "state": self.state()}
        if kind == "acquire":
            return self.acquire(str(request["client"]))
        if kind == "emergency_stop":
            self.emergency = self.emergency or str(request.get("reason", "a runtime said so"))
            self.stop(f"emergency stop: {self.emergency}")
            return {"type": "state", "state": self.state()}
        if kind not in ("renew", "release", "command", "stop", "reset"):
            raise Refusal("malformed", f"unknown type '{kind}'.")
        if self.session is None or request["session"] != self.session:
            raise Refusal("not_owner", f"'{self.owner}' owns the robot." if self.session else "this session has ended.")
        return getattr(self, f"on_{kind}")(request)

    def welcome(self, request):
        if request["protocol"] != PROTOCOL:
            raise Refusal("unsupported_protocol", f"this robot speaks protocol {PROTOCOL}.", protocol=PROTOCOL)
        return {"type": "welcome", "protocol": PROTOCOL, "robot": self.robot.description, "frames_port": self.frames_port,
                "lease_us": LEASE_US, "min_period_us": PERIOD_RANGE_US[0], "max_period_us": PERIOD_RANGE_US[1],
                "max_time_to_live_us": MAX_TIME_TO_LIVE_US, "late_tolerance_us": LATE_TOLERANCE_US}

    def acquire(self, client):
        if self.session:
            raise Refusal("lease_held", f"'{self.owner}' owns the robot.")
        self.session, self.owner, self.last_sequence = secrets.token_hex(16), client, -math.inf
        print(f"'{client}' took the lease", flush=True)
        return self.on_renew(None)

    def on_renew(self, _):
        self.lease_expires = clock_us() + LEASE_US
        return {"type": "lease", "session": self.session, "lease_us": LEASE_US}

    def on_release(self, _):
        self.end_session(f"'{self.owner}' gave the lease back")
        return {"type": "released"}

    def on_stop(self, request):
        self.stop(str(request.get("reason", "the runtime said so")))
        return {"type": "state", "state": self.state()}

    def on_reset(self, _):
        self.emergency = None
        return {"type": "state", "state": self.state()}

    def on_command(self, request):
        sequence, start, period, ttl = (int(request[k]) for k in ("sequence", "start_at_us", "period_us", "time_to_live_us"))
        wanted = request["action"]
        if sequence <= self.last_sequence:
            raise Refusal("stale_sequence", f"sequence {sequence} does not exceed {self.last_sequence}.")
        now = clock_us()
        self.last_sequence, self.lease_expires = sequence, now + LEASE_US
        if self.emergency is not None:
            raise Refusal("emergency_stopped", f"emergency stop: {self.emergency}; reset it first.", state=self.state())
        action = self.checked(wanted)
        if not PERIOD_RANGE_US[0] <= period <= PERIOD_RANGE_US[1] or not 0 < ttl <= MAX_TIME_TO_LIVE_US:
            raise Refusal("bad_value", "period_us or time_to_live_us is out of range.")
        measured = self.state()
        if action["terminate_episode"] == TERMINATE:
            self.stop("the policy ended the episode")
            return {"type": "accepted", "action": action, "state": measured}
        if start < now - LATE_TOLERANCE_US:
            raise Refusal("late", f"its start passed {now - start} us ago.", state=measured)
        if start > now + ttl:
            raise Refusal("too_early", f"it would start in {start - now} us, after its time to live.", state=measured)
        applied = self.limited(action)
        self.robot.move(applied, max(start, now), period)
        self.command_expires = now + ttl
        if applied == action:
            return {"type": "accepted", "action": applied, "state": measured}
        return {"type": "clamped", "action": applied, "reason": "the motion exceeded the limits for one step.", "state": measured}

    @staticmethod
    def checked(action):
        mode = action["terminate_episode"]
        if mode not in (TERMINATE, ARM, BASE):
            raise Refusal("bad_value", "terminate_episode must hold one 1 and two 0.")
        checked = {"terminate_episode": mode}
        for field, size in FIELDS.items():
            values = [float(v) for v in action.get(field, [0.0] * size)]
            if len(values) != size or not all(map(math.isfinite, values)):
                raise Refusal("bad_value", f"{field} must hold {size} finite values.")
            checked[field] = values
        return checked

    @staticmethod
    def limited(action):
        return {**action,
                "world_vector": shorten(action["world_vector"], LIMITS["max_translation"]),
                "rotation_delta": shorten(action["rotation_delta"], LIMITS["max_rotation"]),
                "gripper_closedness_action": [max(-1.0, min(1.0, v)) for v in action["gripper_closedness_action"]],
                "base_displacement_vector": shorten(action["base_displacement_vector"], LIMITS["max_base_translation"]),
                "base_displacement_vertical_rotation":
                    [max(-LIMITS["max_base_rotation"], min(LIMITS["max_base_rotation"], v))
                     for v in action["base_displacement_vertical_rotation"]]}

    def end_session(self, reason):
        self.session = None
        self.stop(reason)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--endpoint", default="tcp://127.0.0.1:5555", help="loopback only; port 0 takes a free one")
    parser.add_argument("--shared-key", help="hexadecimal, at least 32 digits")
    options = parser.parse_args()
    host, _, port = options.endpoint.removeprefix("tcp://").rpartition(":")
    if not host.startswith("127."):
        sys.exit(f"--endpoint {options.endpoint}: this robot has no CURVE, so it must be on loopback, e.g. tcp://127.0.0.1:5555.")

    sys.stdout.reconfigure(errors="backslashreplace")  # names and reasons come from strangers
    context = zmq.Context()
    control, frames = context.socket(zmq.ROUTER), context.socket(zmq.PUB)
    for socket in (control, frames):
        socket.set(zmq.LINGER, 0)
        socket.set(zmq.MAXMSGSIZE, 65536)
        socket.set(zmq.HEARTBEAT_IVL, 500)
        socket.set(zmq.HEARTBEAT_TIMEOUT, 1500)
    frames.set(zmq.SNDHWM, 2)
    try:
        if port == "0":
            port = control.bind_to_random_port(f"tcp://{host}")
        else:
            control.bind(options.endpoint)
    except zmq.ZMQError as fault:
        sys.exit(f"--endpoint {options.endpoint}: {fault}.")
    frames_port = frames.bind_to_random_port(f"tcp://{host}")
    print(f"listening at tcp://{host}:{port}", flush=True)

    link = Link(PointRobot(), bytes.fromhex(options.shared_key) if options.shared_key else None, frames_port)
    frame_interval_us = int(1e6 / PointRobot.description["frame_rate_hz"])
    sequence, next_frame = 0, clock_us()
    while True:
        # Never wait for a message longer than until the next duty: a frame, or the end of a time to live.
        deadlines = [next_frame] + [d for d in (link.command_expires, link.session and link.lease_expires) if d]
        if control.poll(max(0, min(deadlines) - clock_us()) / 1000):
            peer, *parts = control.recv_multipart()
            control.send_multipart([peer, link.answer(parts)])
        link.tick()
        if clock_us() >= next_frame:
            frames.send(link.frame(sequence))
            sequence, next_frame = sequence + 1, max(next_frame + frame_interval_us, clock_us())


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
