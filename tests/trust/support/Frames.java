// Digests of the frames of GIFs as java.awt.Toolkit shows them, which icons and labels of Swing use, as JSON lines:
// java Frames.java FILE...
import java.awt.Toolkit;
import java.awt.image.ColorModel;
import java.awt.image.ImageConsumer;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

class Frames implements ImageConsumer {
    private final int frames;
    private final List<String> digests = new ArrayList<>();
    private final CountDownLatch done = new CountDownLatch(1);
    private int width;
    private int[] screen;

    Frames(int frames) {
        this.frames = frames;
    }

    public void setDimensions(int width, int height) {
        this.width = width;
        screen = new int[width * height];
    }

    public void setProperties(Hashtable<?, ?> properties) {}

    public void setColorModel(ColorModel model) {}

    public void setHints(int hints) {}

    public void setPixels(int x, int y, int w, int h, ColorModel model, byte[] pixels, int offset, int scan) {
        for (int row = 0; row < h; row++)
            for (int column = 0; column < w; column++)
                set(x + column, y + row, model.getRGB(pixels[offset + row * scan + column] & 255));
    }

    public void setPixels(int x, int y, int w, int h, ColorModel model, int[] pixels, int offset, int scan) {
        for (int row = 0; row < h; row++)
            for (int column = 0; column < w; column++)
                set(x + column, y + row, model.getRGB(pixels[offset + row * scan + column]));
    }

    private void set(int x, int y, int color) {
        screen[y * width + x] = color;
    }

    public void imageComplete(int status) {
        if (digests.size() < frames && (status == SINGLEFRAMEDONE || status == STATICIMAGEDONE)) digests.add(digest());
        if (digests.size() >= frames || status != SINGLEFRAMEDONE) done.countDown();
    }

    private String digest() {
        try {
            byte[] bytes = new byte[screen.length * 3];
            for (int i = 0; i < screen.length; i++) {
                bytes[3 * i] = (byte) (screen[i] >> 16);
                bytes[3 * i + 1] = (byte) (screen[i] >> 8);
                bytes[3 * i + 2] = (byte) screen[i];
            }
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Images of a GIF, and the file with a delay of 0 for each: the decoder waits as long as a frame stays. */
    static int withoutDelays(byte[] gif) {
        int at = 13 + ((gif[10] & 128) != 0 ? 3 << (gif[10] & 7) + 1 : 0);
        int images = 0;
        while (gif[at] != 0x3b) {
            if (gif[at] == 0x21) {
                if ((gif[at + 1] & 255) == 0xf9) gif[at + 4] = gif[at + 5] = 0;
                at += 2;
            } else {
                images++;
                at += 11 + ((gif[at + 9] & 128) != 0 ? 3 << (gif[at + 9] & 7) + 1 : 0);
            }
            while (gif[at] != 0) at += 1 + (gif[at] & 255);
            at++;
        }
        return images;
    }

    public static void main(String[] paths) throws Exception {
        System.setProperty("java.awt.headless", "true");
        for (String path : paths) {
            byte[] gif = Files.readAllBytes(Path.of(path));
            Frames frames = new Frames(withoutDelays(gif));
            var source = Toolkit.getDefaultToolkit().createImage(gif).getSource();
            source.startProduction(frames);
            frames.done.await(60, TimeUnit.SECONDS);
            source.removeConsumer(frames);
            StringBuilder line = new StringBuilder("[");
            for (String digest : frames.digests) line.append(line.length() > 1 ? "," : "").append('"').append(digest).append('"');
            System.out.println(line.append(']'));
        }
        System.exit(0);
    }
}
