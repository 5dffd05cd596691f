package tutti.bench;

import jakarta.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The same pictures by sharp (libvips, in native code), with one thread and without its cache. It comes from npm, into the
 * build's folder alone.
 */
final class SharpPictures implements PictureMaker {

    private static final String SCRIPT =
            """
            const fs = require('fs');
            const sharp = require('sharp');
            sharp.concurrency(1);
            sharp.cache(false);

            const raw = image => image.raw().toBuffer({ resolveWithObject: true });
            const again = ({ data, info }) =>
              sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } });

            async function tiles(photo) {
              const inside = { fit: 'inside', withoutEnlargement: true };
              const tile = await raw(sharp(fs.readFileSync(photo)).autoOrient().resize(1024, 1024, inside));
              await again(tile).jpeg({ quality: 90 }).toBuffer();
              await again(tile).resize(512, 512, inside).jpeg({ quality: 90 }).toBuffer();
            }

            async function montage({ width, height, background, places }) {
              const prints = [];
              for (const { file, left, top, width, height } of places) {
                const { data, info } = await raw(sharp(fs.readFileSync(file)).resize(width, height, { fit: 'fill' }));
                prints.push({ input: data, raw: { width, height, channels: info.channels }, left, top });
              }
              const canvas = sharp({ create: { width, height, channels: 3, background } });
              await canvas.composite(prints).jpeg({ quality: 85 }).toBuffer();
            }

            (async () => {
              const job = JSON.parse(fs.readFileSync(process.argv[2]));
              for (let i = -10; i < 40; i++) {
                const cpu = process.cpuUsage();
                const wall = process.hrtime.bigint();
                await (job.photo ? tiles(job.photo) : montage(job));
                const { user, system } = process.cpuUsage(cpu);
                if (i >= 0) console.log(`each ${process.hrtime.bigint() - wall} ${(user + system) * 1000}`);
              }
              const [, kilobytes] = /VmHWM:\\s+(\\d+)/.exec(fs.readFileSync('/proc/self/status'));
              console.log(`memory ${kilobytes * 1024} 0`);
            })();
            """;

    private final Path folder;
    private final PictureTable table;

    private SharpPictures(Path folder, PictureTable table) {
        this.folder = folder;
        this.table = table;
    }

    /** @throws IOException where node, npm or what npm is to fetch is not to be had */
    static SharpPictures installed(Path folder, PictureTable table) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        if (!Files.isDirectory(folder.resolve("node_modules/sharp"))) {
            Files.writeString(folder.resolve("package.json"), "{\"private\": true}");
            Measurements.output(
                    List.of("npm", "install", "--prefix", folder.toString(), "--no-audit", "--no-fund", "sharp"),
                    folder.resolve("npm.log"));
        }
        Files.writeString(folder.resolve("pictures.cjs"), SCRIPT);
        return new SharpPictures(folder, table);
    }

    @Override
    public String name() {
        return "sharp";
    }

    @Override
    public Cost cost(PictureJob job) throws IOException, InterruptedException {
        var described = folder.resolve("job.json");
        Files.writeString(
                described,
                job.isMontage()
                        ? table.montage(job).toString()
                        : Json.createObjectBuilder()
                                .add("photo", table.photo(job).toString())
                                .build()
                                .toString());
        return Measurements.of(
                List.of("node", folder.resolve("pictures.cjs").toString(), described.toString()),
                folder.resolve("node.log"));
    }
}
