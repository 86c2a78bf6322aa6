// The photo studio: pots are turned as lathe bodies, glazed, lit and photographed with three.js.
import * as THREE from "three";
import { RoomEnvironment } from "/npm/three/examples/jsm/environments/RoomEnvironment.js";

const renderer = new THREE.WebGLRenderer({ antialias: true, preserveDrawingBuffer: true });
renderer.toneMapping = THREE.ACESFilmicToneMapping;
renderer.toneMappingExposure = 1.05;
renderer.shadowMap.enabled = true;
renderer.shadowMap.type = THREE.PCFSoftShadowMap;
const environment = new THREE.PMREMGenerator(renderer).fromScene(new RoomEnvironment(), 0.04).texture;

const profiles = {
  bottle: [
    [0, 0],
    [0.42, 0],
    [0.5, 0.06],
    [0.62, 0.45],
    [0.6, 0.85],
    [0.36, 1.25],
    [0.17, 1.5],
    [0.16, 1.85],
    [0.22, 1.95],
    [0.17, 1.94],
  ],
  belly: [
    [0, 0],
    [0.38, 0],
    [0.6, 0.2],
    [0.8, 0.6],
    [0.78, 0.95],
    [0.52, 1.3],
    [0.34, 1.42],
    [0.4, 1.56],
    [0.34, 1.54],
  ],
  cylinder: [
    [0, 0],
    [0.46, 0],
    [0.5, 0.05],
    [0.52, 0.6],
    [0.5, 1.2],
    [0.46, 1.5],
    [0.5, 1.6],
    [0.44, 1.58],
  ],
  bowl: [
    [0, 0],
    [0.4, 0],
    [0.42, 0.08],
    [0.7, 0.24],
    [1.0, 0.62],
    [1.04, 0.7],
    [0.98, 0.68],
    [0.6, 0.26],
    [0, 0.16],
  ],
  cup: [
    [0, 0],
    [0.4, 0],
    [0.5, 0.08],
    [0.56, 0.5],
    [0.58, 0.86],
    [0.54, 0.86],
    [0.5, 0.4],
    [0, 0.16],
  ],
};

/** Photographs one pot; `angle` turns the camera, `size` is the edge of the square picture. */
export function photograph({ shape, glaze, foot, backdrop }, { angle = 0, close = false, size = 560 } = {}) {
  const scene = new THREE.Scene();
  scene.environment = environment;
  scene.environmentIntensity = 0.55;
  scene.background = new THREE.Color(backdrop);
  const curve = new THREE.SplineCurve(profiles[shape].map(([x, y]) => new THREE.Vector2(x, y)));
  const pot = new THREE.Mesh(
    new THREE.LatheGeometry(curve.getPoints(120), 160),
    new THREE.MeshPhysicalMaterial({
      map: glazeTexture(glaze, foot),
      roughness: 0.38,
      clearcoat: 0.7,
      clearcoatRoughness: 0.22,
      side: THREE.DoubleSide,
    }),
  );
  pot.castShadow = true;
  pot.receiveShadow = true;
  scene.add(pot);
  const floor = new THREE.Mesh(
    new THREE.CircleGeometry(30, 64),
    new THREE.MeshStandardMaterial({ color: backdrop, roughness: 1, envMapIntensity: 0.4 }),
  );
  floor.rotation.x = -Math.PI / 2;
  floor.receiveShadow = true;
  scene.add(floor);
  scene.fog = new THREE.Fog(backdrop, 6, 13);
  const sun = new THREE.DirectionalLight("#fff1dd", 2.6);
  sun.position.set(-3, 4.5, 2.6);
  sun.castShadow = true;
  sun.shadow.mapSize.set(2048, 2048);
  sun.shadow.radius = 9;
  sun.shadow.camera.left = sun.shadow.camera.bottom = -3;
  sun.shadow.camera.right = sun.shadow.camera.top = 3;
  scene.add(sun);
  const camera = new THREE.PerspectiveCamera(28, 1, 0.1, 60);
  const distance = close ? 3.2 : 5.6;
  camera.position.set(Math.sin(angle) * distance, close ? 2.3 : 2.1, Math.cos(angle) * distance);
  camera.lookAt(0, close ? 1 : 0.8, 0);
  renderer.setSize(size, size, false);
  renderer.render(scene, camera);
  return renderer.domElement.toDataURL("image/png");
}

/** Glaze above, bare clay at the foot, a soft drip line between them and speckles all over. */
function glazeTexture(glaze, foot) {
  const canvas = document.createElement("canvas");
  canvas.width = 1024;
  canvas.height = 512;
  const draw = canvas.getContext("2d");
  const shade = draw.createLinearGradient(0, 0, 0, 512);
  glaze.forEach((color, index) => shade.addColorStop(index / (glaze.length - 1), color));
  draw.fillStyle = shade;
  draw.fillRect(0, 0, 1024, 512);
  draw.fillStyle = foot;
  draw.beginPath();
  draw.moveTo(0, 512);
  for (let x = 0; x <= 1024; x += 8)
    draw.lineTo(x, 418 + 18 * Math.sin((x / 1024) * Math.PI * 6) + 9 * Math.sin((x / 1024) * Math.PI * 22));
  draw.lineTo(1024, 512);
  draw.fill();
  let seed = 7;
  const chance = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  for (let i = 0; i < 900; i += 1) {
    draw.fillStyle = chance() > 0.5 ? "rgb(40 28 18 / .28)" : "rgb(255 250 240 / .22)";
    draw.beginPath();
    draw.arc(chance() * 1024, chance() * 512, 0.6 + chance() * 1.6, 0, 7);
    draw.fill();
  }
  const texture = new THREE.CanvasTexture(canvas);
  texture.colorSpace = THREE.SRGBColorSpace;
  return texture;
}
